using System.Collections.Immutable;
using Atlas.Learning.Journal;
using Atlas.Learning.Synthesis;
using Atlas.Models.Synthesis;

namespace Atlas.Grains.Synthesis;

/// <summary>What a synthesizer was shown, and the context in which its answer is judged.</summary>
internal sealed record SynthesisEvidence(SynthesisRequest Request, ImmutableArray<long> SessionIds, ImmutableArray<string> Guidance, ImmutableDictionary<long, string> Authors)
{
    public SynthesisContext JudgedAt(DateTimeOffset now, LearningKeyState snapshot) => new SynthesisContext
    {
        Options = Request.Options,
        Now = now,
        SessionIds = SessionIds,
        GuidanceNotes = Guidance,
        RuntimeHandles = Request.RuntimeHandles,
    }.With(snapshot.Trials);

    /// <summary>Returns the sessions that an answer can cite.</summary>
    /// <param name="quorum">How many tasks must support an entry.</param>
    /// <param name="mustCite">Whether an entry without a citation has no support.</param>
    public SynthesisSupport Support(int quorum, bool mustCite) => new(
        ImmutableDictionary<string, ImmutableArray<long>>.Empty,
        Request.Sessions.DistinctBy(session => session.Id).ToImmutableDictionary(session => session.Id, session => session.TaskIdentity),
        SessionIds.IsEmpty ? null : SessionIds.Max(),
        quorum)
    {
        Authors = Authors,
        MustCite = mustCite,
    };
}
