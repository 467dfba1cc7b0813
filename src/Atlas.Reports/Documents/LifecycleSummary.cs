namespace Atlas.Reports.Documents;

/// <summary>The number of entries by lifecycle. Provisional entries and other categories are not counted.</summary>
/// <param name="ReinforcementActive">Active entries that confirm what works.</param>
/// <param name="ReinforcementDeprecated">Such entries that are no longer confirmed.</param>
/// <param name="DifferentiationActive">Active entries that distinguish cases.</param>
/// <param name="DifferentiationDeprecated">Such entries that are no longer confirmed.</param>
/// <param name="Rejected">Candidates that the latest synthesis rejected; 0 once a later one was accepted.</param>
public sealed record LifecycleSummary(
    int ReinforcementActive, int ReinforcementDeprecated, int DifferentiationActive, int DifferentiationDeprecated, int Rejected);
