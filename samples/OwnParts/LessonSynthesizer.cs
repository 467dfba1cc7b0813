using System.Text.Json;
using Atlas.Models.Synthesis;

namespace OwnParts;

/// <summary>A synthesizer: the answer that was rewarded best is the lesson.</summary>
internal sealed class LessonSynthesizer : ISynthesizer
{
    public string Name => "lesson";

    public bool CallsModel => false;

    public Task<SynthesisAnswer> SynthesizeAsync(SynthesisRequest request, CancellationToken ct)
    {
        var best = request.Sessions.MaxBy(session => session.Score);
        var lesson = $"Do as in: {best?.Task}";
        return Task.FromResult(new SynthesisAnswer
        {
            Summary = "The best session is the example.",
            Answer = JsonSerializer.SerializeToElement(new
            {
                playbook_entries = new[]
                {
                    new
                    {
                        audience = "student",
                        cue = new { type = "keyword", pattern = "refund" },
                        action = new { imperative = lesson },
                        expected_effect = "The customer is content",
                        scope = new { category = "reinforcement", constraints = "Refunds" },
                    },
                },
            }),
        });
    }
}
