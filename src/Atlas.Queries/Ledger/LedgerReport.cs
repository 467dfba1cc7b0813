using System.Collections.Immutable;

namespace Atlas.Queries.Ledger;

/// <summary>The result of a verification.</summary>
/// <param name="Keys">Learning keys with a journal or a state.</param>
/// <param name="Events">Events in their journals.</param>
/// <param name="Versions">Versions in the archive.</param>
/// <param name="NeverTold">Ended sessions about which their key was never told: learning was off then, or another tool stored them.</param>
/// <param name="Faults">The differences; empty if there are none.</param>
public sealed record LedgerReport(long Keys, long Events, long Versions, long NeverTold, ImmutableArray<LedgerFault> Faults);

/// <summary>A difference found by the verification.</summary>
/// <param name="LearningKey">The key it concerns; null for none.</param>
/// <param name="Sentence">The finding.</param>
public sealed record LedgerFault(string? LearningKey, string Sentence);
