using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Pruning;

namespace Atlas.Learning.Synthesis;

/// <summary>What became of a model's answer.</summary>
public sealed record SynthesisResult
{
    /// <summary>The playbook from now on, always a valid one. Also of a rejected answer it may differ from before: by what was
    /// pruned, and by the record of the failure.</summary>
    public required LearnedPlaybook Playbook { get; init; }

    /// <summary>Whether the answer, or with acceptance per entry a part of it, was taken over.</summary>
    public required bool Accepted { get; init; }

    /// <summary>Whether the playbook says something else than before: texts, entries or their lifecycles.</summary>
    public required bool Changed { get; init; }

    /// <summary>A note on the session for the student; null if there is none.</summary>
    public string? StudentNote { get; init; }

    /// <summary>A note on the session for the teacher; null if there is none.</summary>
    public string? TeacherNote { get; init; }

    /// <summary>Both notes in one text; null if there is none, or <c>learning.session_note_enabled</c> is off.</summary>
    public string? SessionNote { get; init; }

    public required SynthesisSummary Summary { get; init; }

    /// <summary>Candidates that did not pass all gates, the provisional ones last.</summary>
    public ImmutableArray<CandidateFailure> Failures { get; init; } = [];

    /// <summary>Entries that were removed: for an answer they held, or for what their impact showed.</summary>
    public ImmutableArray<PrunedEntry> Pruned { get; init; } = [];

    /// <summary>Whether a text of the answer was left out because somebody changed that text in the meantime; the synthesis is
    /// to run once more.</summary>
    public bool NeedsRerun { get; init; }

    /// <summary>Why the answer was rejected, a sentence; null if it was accepted.</summary>
    public string? Reason { get; init; }

    /// <summary>The sessions that the answer cites for each of its entries, by id.</summary>
    public ImmutableDictionary<string, ImmutableArray<long>> Cited { get; init; } = ImmutableDictionary<string, ImmutableArray<long>>.Empty;
}
