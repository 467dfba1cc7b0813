using System.Collections.Immutable;
using System.Text.Json;

namespace Atlas.Models.Synthesis;

/// <summary>A synthesizer whose proposals are shown to guards, one after the other, until one objects.</summary>
public sealed class GuardedSynthesizer : ISynthesizer
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new Dictionary<string, object?>
    {
        ["student_pamphlet"] = null,
        ["teacher_pamphlet"] = null,
        ["playbook_entries"] = Array.Empty<object>(),
        ["retire_entries"] = Array.Empty<object>(),
        ["session_student_learning"] = null,
        ["session_teacher_learning"] = null,
        ["metadata"] = null,
    });

    private readonly ISynthesizer _inner;
    private readonly ImmutableArray<IPlaybookGuard> _guards;

    private GuardedSynthesizer(ISynthesizer inner, ImmutableArray<IPlaybookGuard> guards) => (_inner, _guards) = (inner, guards);

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public bool CallsModel => _inner.CallsModel;

    /// <summary>Wraps the synthesizer with guards; returns it unchanged if there are none.</summary>
    public static ISynthesizer Of(ISynthesizer synthesizer, IEnumerable<IPlaybookGuard> guards)
    {
        ArgumentNullException.ThrowIfNull(synthesizer);
        ImmutableArray<IPlaybookGuard> all = [.. guards];
        return all.IsEmpty ? synthesizer : new GuardedSynthesizer(synthesizer, all);
    }

    /// <inheritdoc/>
    public async Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct)
    {
        var answer = await _inner.SynthesizeAsync(request, ct).ConfigureAwait(false);
        if (answer.NothingToSay)
        {
            return answer;
        }

        foreach (var guard in _guards)
        {
            if (await guard.ObjectAsync(request, answer, ct).ConfigureAwait(false) is { } objection)
            {
                // What the model was asked and answered stays on record, and so does its cost.
                return answer with { Answer = Nothing, NothingToSay = true, Summary = $"The guard {guard.Name} rejected the answer: {objection}" };
            }
        }

        return answer;
    }
}
