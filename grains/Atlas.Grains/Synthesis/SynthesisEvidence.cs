using System.Collections.Immutable;
using Atlas.Learning.Options;
using Atlas.Learning.Synthesis;
using Atlas.Models.Synthesis;

namespace Atlas.Grains.Synthesis;

/// <summary>What a synthesizer was shown, and by what its answer is judged.</summary>
internal sealed record SynthesisEvidence(SynthesisRequest Request, LearningOptions Options, ImmutableArray<long> SessionIds)
{
    public SynthesisContext JudgedAt(DateTimeOffset now) => new()
    {
        Options = Options,
        Now = now,
        SessionIds = SessionIds,
        RuntimeHandles = Request.RuntimeHandles,
    };
}
