using System.Collections.Immutable;

namespace Atlas.Queries.Ledger;

/// <summary>What came of proving the books.</summary>
/// <param name="Keys">Learning keys with a journal or a state.</param>
/// <param name="Events">Events in their journals.</param>
/// <param name="Versions">Versions in the archive.</param>
/// <param name="NeverTold">Sessions that have ended and were never told to their key: learning was switched off then, or another tool stored them.</param>
/// <param name="Faults">What does not agree; empty if everything does.</param>
public sealed record LedgerReport(long Keys, long Events, long Versions, long NeverTold, ImmutableArray<LedgerFault> Faults);

/// <summary>Something in the books that does not agree.</summary>
/// <param name="LearningKey">The key it is about; null if it is about none.</param>
/// <param name="Sentence">What was found.</param>
public sealed record LedgerFault(string? LearningKey, string Sentence);
