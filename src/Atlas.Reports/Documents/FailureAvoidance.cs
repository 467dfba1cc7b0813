namespace Atlas.Reports.Documents;

/// <summary>Retries and failures of the sessions of an entry.</summary>
/// <param name="RetryAvg">Retries per session; null if no session was counted.</param>
/// <param name="RetrySamples">The number of sessions counted.</param>
/// <param name="FailureEvents">The number of failures in them.</param>
/// <param name="FailedAdoptions">The number of failed uses of the entry.</param>
public sealed record FailureAvoidance(double? RetryAvg, long RetrySamples, long FailureEvents, long FailedAdoptions);
