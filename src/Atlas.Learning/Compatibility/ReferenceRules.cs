using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Synthesis;

namespace Atlas.Learning.Compatibility;

/// <summary>Rules of the Python implementation that Atlas deliberately does not follow, one switch each.</summary>
/// <remarks>All are off outside the conformance suite, which shows with them that everything else is the same.</remarks>
internal sealed record ReferenceRules
{
    /// <summary>Atlas' own rules.</summary>
    public static ReferenceRules None { get; } = new();

    /// <summary>All rules of the Python implementation.</summary>
    public static ReferenceRules All { get; } = new()
    {
        BlankTextErases = true,
        TextsStandAsWritten = true,
        UnenforcedGeneralityPasses = true,
        HandleSpellingKept = true,
        PrunedLeavesNoTrace = true,
        TransferNeedsNoIncident = true,
        EverySessionIsEvidence = true,
        EntriesServeBothRoles = true,
        PredicatesAreText = true,
        BaselinePrefersMean = true,
        BaselineCountsEveryRow = true,
    };

    /// <summary>A blank text from the model erases the stored one.</summary>
    public bool BlankTextErases { get; init; }

    /// <summary>Texts stand beside the entries and are replaced as they are; an entry that an answer does not repeat is given up, and
    /// one with other words keeps its figures. Of two under one id the last is meant.</summary>
    public bool TextsStandAsWritten { get; init; }

    /// <summary>How entries are put together where <see cref="TextsStandAsWritten"/>; the conformance suite brings the original's way.</summary>
    public EntryMerger? MergeEntries { get; init; }

    /// <summary>A generality gate that is not enforced always passes; one that is enforced makes entries provisional.</summary>
    public bool UnenforcedGeneralityPasses { get; init; }

    /// <summary>Tool names are stored as the model wrote them, and adoption compares them with regard to case.</summary>
    public bool HandleSpellingKept { get; init; }


    /// <summary>Pruned entries vanish.</summary>
    public bool PrunedLeavesNoTrace { get; init; }

    /// <summary>An entry must have helped in two incidents even where no incident was ever named.</summary>
    public bool TransferNeedsNoIncident { get; init; }

    /// <summary>Incidents, retries and failures count for entries that were not hit, and an entry is counted in the session it
    /// was learned from.</summary>
    public bool EverySessionIsEvidence { get; init; }

    /// <summary>Cues and adoptions of every entry are looked for in both roles.</summary>
    public bool EntriesServeBothRoles { get; init; }

    /// <summary>A predicate is looked for literally, its AND, OR and NOT included.</summary>
    public bool PredicatesAreText { get; init; }

    /// <summary>The drift baseline reads <c>score_mean</c> before <c>score</c>, and not at all if it is there and null.</summary>
    public bool BaselinePrefersMean { get; init; }

    /// <summary>Rows without a score count towards the size of the baseline.</summary>
    public bool BaselineCountsEveryRow { get; init; }
}

/// <summary>Puts the accepted candidates of a batch among the existing entries.</summary>
/// <param name="snapshot">The entries the model was shown.</param>
/// <param name="current">The entries as they are now, without those that were taken away.</param>
/// <param name="batch">The batch.</param>
/// <param name="accepted">Its accepted entries by id.</param>
/// <param name="provenance">Says of an entry where it stands.</param>
internal delegate ImmutableArray<PlaybookEntry> EntryMerger(
    ImmutableArray<PlaybookEntry> snapshot,
    ImmutableArray<PlaybookEntry> current,
    CandidateBatch batch,
    OrderedDictionary<string, PlaybookEntry> accepted,
    ProvenanceBuilder provenance);
