using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Synthesis;

/// <summary>What becomes of a candidate.</summary>
internal enum Verdict
{
    /// <summary>All gates were passed.</summary>
    Accepted,

    /// <summary>It is not general; accepted on trial.</summary>
    Provisional,

    /// <summary>A gate that must be passed was not.</summary>
    Rejected,

    /// <summary>It passed, but the playbook is full; the others are not held up by it.</summary>
    NoRoom,
}

/// <summary>A normalised candidate, how it did, and what becomes of it.</summary>
internal sealed record CandidateEvaluation(PlaybookEntry Entry, EntryRubric Rubric, Verdict Verdict)
{
    public string Id => Entry.Id!;
}
