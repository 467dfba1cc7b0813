namespace Atlas.Reports.Documents;

/// <summary>Retries and failures of the sessions of an entry.</summary>
/// <param name="RetryAvg">Retries per session; null if none was looked at.</param>
/// <param name="RetrySamples">Sessions that were looked at.</param>
/// <param name="FailureEvents">Failures in them.</param>
/// <param name="FailedAdoptions">Uses of the entry that failed.</param>
public sealed record FailureAvoidance(double? RetryAvg, long RetrySamples, long FailureEvents, long FailedAdoptions);
