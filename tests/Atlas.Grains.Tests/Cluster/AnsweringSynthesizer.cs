using System.Text.Json;
using Atlas.Models.Synthesis;

namespace Atlas.Grains.Tests.Cluster;

/// <summary>A synthesizer that answers as a test says, given how often it was asked before.</summary>
internal sealed class AnsweringSynthesizer(Func<int, object> answer) : ISynthesizer
{
    private int _asked;

    public string Name => "answering";

    public Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct)
    {
        var number = Interlocked.Increment(ref _asked) - 1;
        return Task.FromResult(new SynthesisAnswer { Summary = $"Answer {number}.", Answer = JsonSerializer.SerializeToElement(answer(number)) });
    }

    /// <summary>An entry as a model writes it.</summary>
    public static object Entry(string imperative, string? id = null, string audience = "student") => new
    {
        id,
        audience,
        cue = new { type = "keyword", pattern = "no such word is ever said" },
        action = new { imperative },
        expected_effect = "Fewer questions",
        scope = new { category = "reinforcement", constraints = "All orders" },
    };
}
