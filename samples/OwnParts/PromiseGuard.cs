using Atlas.Models.Synthesis;

namespace OwnParts;

/// <summary>A guard: nothing may be learned that promises money which the shop does not owe.</summary>
internal sealed class PromiseGuard : IPlaybookGuard
{
    public string Name => "promises";

    public Task<string?> ObjectAsync(SynthesisRequest request, SynthesisAnswer answer, CancellationToken ct) => Task.FromResult(
        answer.Answer.GetRawText().Contains("double the price", StringComparison.OrdinalIgnoreCase)
            ? "The shop pays back what was paid, and no more."
            : null);
}
