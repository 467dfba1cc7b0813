using System.Collections.Immutable;
using Atlas.Learning.Journal;
using Atlas.Learning.Synthesis;
using Atlas.Models.Synthesis;

namespace Atlas.Grains.Synthesis;

/// <summary>What a synthesizer was shown, and by what its answer is judged.</summary>
internal sealed record SynthesisEvidence(SynthesisRequest Request, ImmutableArray<long> SessionIds, ImmutableArray<string> Guidance)
{
    public SynthesisContext JudgedAt(DateTimeOffset now, LearningKeyState snapshot) => new()
    {
        Options = Request.Options,
        Now = now,
        Condemned = snapshot.Trials is { } trials ? [.. trials.Condemned.Select(entry => entry.Words)] : [],
        SessionIds = SessionIds,
        GuidanceNotes = Guidance,
        RuntimeHandles = Request.RuntimeHandles,
    };

    /// <summary>The sessions that an answer may cite.</summary>
    /// <param name="quorum">How many tasks must support an entry.</param>
    public SynthesisSupport Support(int quorum) => new(
        ImmutableDictionary<string, ImmutableArray<long>>.Empty,
        Request.Sessions.DistinctBy(session => session.Id).ToImmutableDictionary(session => session.Id, session => session.TaskIdentity),
        SessionIds.IsEmpty ? null : SessionIds.Max(),
        quorum);
}
