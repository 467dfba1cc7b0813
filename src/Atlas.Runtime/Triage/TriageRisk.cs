namespace Atlas.Runtime.Triage;

/// <summary>Something that could go wrong.</summary>
/// <param name="Category">The kind of risk, such as <c>general</c>.</param>
/// <param name="Description">What could go wrong.</param>
/// <param name="Severity"><c>low</c>, <c>moderate</c>, <c>high</c> or <c>critical</c>; see <see cref="TriageSeverity"/>.</param>
public sealed record TriageRisk(string Category, string Description, string Severity);
