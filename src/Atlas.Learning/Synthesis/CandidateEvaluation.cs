using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Synthesis;

/// <summary>The verdict on a candidate.</summary>
internal enum Verdict
{
    /// <summary>It passed all gates.</summary>
    Accepted,

    /// <summary>It is not general; accepted on trial.</summary>
    Provisional,

    /// <summary>It failed a mandatory gate.</summary>
    Rejected,

    /// <summary>It passed, but the playbook is full; this does not hold up the others.</summary>
    NoRoom,
}

/// <summary>A normalised candidate with its scores and verdict.</summary>
internal sealed record CandidateEvaluation(PlaybookEntry Entry, EntryRubric Rubric, Verdict Verdict)
{
    public string Id => Entry.Id!;
}
