using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Synthesis;

namespace Atlas.Learning.Compatibility;

/// <summary>Switches for the rules of the Python implementation that Atlas deliberately does not follow.</summary>
/// <remarks>All are off except in the conformance suite, which turns them on to show that everything else behaves the same.</remarks>
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

    /// <summary>Texts are kept next to the entries and replaced unchanged. An entry that an answer does not repeat is dropped, and an entry
    /// with new words keeps its figures. Of two entries with the same id, the last one counts.</summary>
    public bool TextsStandAsWritten { get; init; }

    /// <summary>How entries are merged if <see cref="TextsStandAsWritten"/> is set; the conformance suite supplies the original's
    /// way.</summary>
    public EntryMerger? MergeEntries { get; init; }

    /// <summary>A generality gate that is not enforced always passes; one that is enforced makes entries provisional.</summary>
    public bool UnenforcedGeneralityPasses { get; init; }

    /// <summary>Tool names are stored as the model wrote them, and adoption compares them case-sensitively.</summary>
    public bool HandleSpellingKept { get; init; }


    /// <summary>Pruned entries vanish.</summary>
    public bool PrunedLeavesNoTrace { get; init; }

    /// <summary>An entry must have helped in two incidents even where no incident was ever named.</summary>
    public bool TransferNeedsNoIncident { get; init; }

    /// <summary>Incidents, retries and failures count for entries that were not hit, and an entry is counted in the session it
    /// was learned from.</summary>
    public bool EverySessionIsEvidence { get; init; }

    /// <summary>Cues and adoptions of every entry are searched for in both roles.</summary>
    public bool EntriesServeBothRoles { get; init; }

    /// <summary>A predicate is searched for literally, including its AND, OR and NOT.</summary>
    public bool PredicatesAreText { get; init; }

    /// <summary>The drift baseline reads <c>score_mean</c> before <c>score</c>, and ignores the row if <c>score_mean</c> is present and
    /// null.</summary>
    public bool BaselinePrefersMean { get; init; }

    /// <summary>Rows without a score count towards the size of the baseline.</summary>
    public bool BaselineCountsEveryRow { get; init; }
}

/// <summary>Merges the accepted candidates of a batch into the existing entries.</summary>
/// <param name="snapshot">The entries the model was shown.</param>
/// <param name="current">The entries as they are now, without removed ones.</param>
/// <param name="batch">The batch.</param>
/// <param name="accepted">Its accepted entries by id.</param>
/// <param name="provenance">Returns the provenance of an entry.</param>
internal delegate ImmutableArray<PlaybookEntry> EntryMerger(
    ImmutableArray<PlaybookEntry> snapshot,
    ImmutableArray<PlaybookEntry> current,
    CandidateBatch batch,
    OrderedDictionary<string, PlaybookEntry> accepted,
    ProvenanceBuilder provenance);
