using System.Collections.Immutable;
using Atlas.Learning.Synthesis;
using Atlas.Models.Synthesis;

namespace Atlas.Grains.Synthesis;

/// <summary>What a synthesizer was shown, and by what its answer is judged.</summary>
internal sealed record SynthesisEvidence(SynthesisRequest Request, ImmutableArray<long> SessionIds, ImmutableArray<string> Guidance)
{
    public SynthesisContext JudgedAt(DateTimeOffset now) => new()
    {
        Options = Request.Options,
        Now = now,
        SessionIds = SessionIds,
        GuidanceNotes = Guidance,
        RuntimeHandles = Request.RuntimeHandles,
    };
}
