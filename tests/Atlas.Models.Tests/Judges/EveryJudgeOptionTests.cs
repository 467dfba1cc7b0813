using System.Reflection;
using System.Text.Json;
using Atlas.Models.Judges;
using Atlas.Models.Tests.Wire;
using Xunit;
using static Atlas.Models.Tests.Judges.JudgeSamples;

namespace Atlas.Models.Tests.Judges;

/// <summary>Every option of the judges changes what they are asked, or whether the arbiter is, or it is told where else its effect is.</summary>
public sealed class EveryJudgeOptionTests
{
    private static readonly Dictionary<string, Func<JudgeEnsembleOptions, JudgeEnsembleOptions>> Changes = new()
    {
        ["VarianceThreshold"] = given => given with { VarianceThreshold = 0.01 },
        ["UncertaintyThreshold"] = given => given with { UncertaintyThreshold = 0.1 },
        ["FocusPrompt"] = given => given with { FocusPrompt = "Look at the currency." },
        ["TextCharacters"] = given => given with { TextCharacters = 300 },
        ["StepCharacters"] = given => given with { StepCharacters = 1_000 },
        ["MetadataKeys"] = given => given with { MetadataKeys = ["team"] },
    };

    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["MaxParallelCalls"] = "JudgeEnsembleTests see how many calls are under way.",
        ["TimeoutSeconds"] = "JudgeEnsembleTests see the judging of a session end.",
    };

    private static readonly JudgeRequest Long = Request with
    {
        Task = new string('t', 20_000),
        Steps = [Request.Steps[0] with { Trace = new string('s', 20_000) }],
        Metadata = JsonElement.Parse("""{"domain": "refunds", "team": "night"}"""),
    };

    [Fact]
    public async Task Every_option_has_an_effect_on_what_is_asked_or_elsewhere()
    {
        Assert.Equal(
            typeof(JudgeEnsembleOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).Order(StringComparer.Ordinal),
            Changes.Keys.Concat(Elsewhere.Keys).Order(StringComparer.Ordinal));

        var usual = await AskedAsync(new JudgeEnsembleOptions());
        Assert.Equal(usual, await AskedAsync(new JudgeEnsembleOptions()));
        foreach (var (name, change) in Changes)
        {
            Assert.True(usual != await AskedAsync(change(new JudgeEnsembleOptions())), $"{name} changes nothing of what is asked.");
        }
    }

    private static async Task<string> AskedAsync(JudgeEnsembleOptions options)
    {
        using var small = new ScriptedChatClient((call, _) => Task.FromResult(ScriptedChatClient.Text(Answer(0.7 + (call.Options!.Temperature!.Value / 10), 0.2))));
        using var arbiter = new ScriptedChatClient((_, _) => Task.FromResult(ScriptedChatClient.Text(Answer(0.75, 0.1))));

        await Ensemble(small, arbiter, options).JudgeAsync(Long, TestContext.Current.CancellationToken);

        return string.Join('\n', small.Calls.OrderBy(call => call.Options!.Temperature).Concat(arbiter.Calls)
            .Select(call => string.Join('\n', call.Messages.Select(message => message.Text))));
    }
}
