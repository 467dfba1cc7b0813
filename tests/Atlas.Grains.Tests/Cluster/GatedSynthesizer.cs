using System.Collections.Concurrent;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Models.Synthesis;

namespace Atlas.Grains.Tests.Cluster;

/// <summary>A synthesizer that waits at a gate, and then says how many sessions it was shown so far.</summary>
internal sealed class GatedSynthesizer : ISynthesizer
{
    private readonly SemaphoreSlim _gate = new(0);

    public string Name => "gated";

    public ConcurrentQueue<SynthesisRequest> Requests { get; } = new();

    /// <summary>When set, the synthesizer fails with this sentence once it is through the gate.</summary>
    public volatile string? Failure;

    /// <summary>What an answer costs.</summary>
    public TokenUsage Usage { get; init; } = TokenUsage.None;

    public static GatedSynthesizer Open()
    {
        var synthesizer = new GatedSynthesizer();
        synthesizer.Pass(int.MaxValue / 2);
        return synthesizer;
    }

    public void Pass(int times = 1) => _gate.Release(times);

    public async Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct)
    {
        Requests.Enqueue(request);
        await _gate.WaitAsync(ct);
        if (Failure is { } sentence)
        {
            throw new SynthesisException(sentence);
        }

        var count = Requests.Sum(seen => seen.PendingSessionIds.Length);
        return new SynthesisAnswer
        {
            Summary = $"Saw {count} sessions.",
            Usage = Usage,
            Answer = JsonSerializer.SerializeToElement(new
            {
                version = "playbook_entry.v1",
                student_pamphlet = $"Learned from {count} sessions.",
                playbook_entries = Array.Empty<object>(),
            }),
        };
    }
}
