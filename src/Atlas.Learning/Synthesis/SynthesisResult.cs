using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Meaning;
using Atlas.Learning.Pruning;

namespace Atlas.Learning.Synthesis;

/// <summary>The result of applying a model's answer.</summary>
public sealed record SynthesisResult
{
    /// <summary>The resulting playbook, always a valid one. Even after a rejected answer it can differ from before: by pruned entries, and
    /// by the record of the failure.</summary>
    public required LearnedPlaybook Playbook { get; init; }

    /// <summary>Whether the answer, or part of it with acceptance per entry, was applied.</summary>
    public required bool Accepted { get; init; }

    /// <summary>Whether the content of the playbook changed: texts, entries or their lifecycles.</summary>
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

    /// <summary>Entries that were removed for an answer they contained, or because of their impact.</summary>
    public ImmutableArray<PrunedEntry> Pruned { get; init; } = [];

    /// <summary>Whether a text of the answer was left out because somebody changed that text in the meantime, so the synthesis must run
    /// again.</summary>
    public bool NeedsRerun { get; init; }

    /// <summary>Why the answer was rejected, as a sentence; null if it was accepted.</summary>
    public string? Reason { get; init; }

    /// <summary>The sessions that the answer cites for each of its entries, by id.</summary>
    public ImmutableDictionary<string, ImmutableArray<long>> Cited { get; init; } = ImmutableDictionary<string, ImmutableArray<long>>.Empty;

    /// <summary>Entries of the answer that repeat known rules in other words.</summary>
    public ImmutableArray<MeaningFinding> Meanings { get; init; } = [];
}
