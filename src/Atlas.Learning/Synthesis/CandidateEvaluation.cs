using Atlas.Learning.Playbooks;

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
}

/// <summary>A normalised candidate, how it did, and what becomes of it.</summary>
internal sealed record CandidateEvaluation(PlaybookEntry Entry, EntryRubric Rubric, Verdict Verdict)
{
    public string Id => Entry.Id!;
}
