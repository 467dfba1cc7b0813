namespace Atlas.Reports.Statistics;

/// <summary>A range that contains the true value with some confidence.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Confidence">The confidence, 0 to 1.</param>
/// <param name="Method">The method: <c>newcombe</c>, <c>welch</c>, <c>welch-by-task</c>, <c>paired-by-task</c>, <c>always-valid-by-task</c>
/// or <c>always-valid-paired-by-task</c>.</param>
public sealed record Interval(double Low, double High, double Confidence, string Method);
