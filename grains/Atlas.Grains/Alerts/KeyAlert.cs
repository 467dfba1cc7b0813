namespace Atlas.Grains.Alerts;

/// <summary>Something about a learning key that an operator should know.</summary>
/// <param name="Kind"><c>rewards_declined</c>.</param>
/// <param name="LearningKey">The learning key, as it is stored.</param>
/// <param name="At">When the alarm was raised.</param>
/// <param name="Version">The version that was current.</param>
/// <param name="SessionsPerFalseAlarm">Without a real decline, the alarm is raised about once in so many sessions.</param>
/// <param name="Summary">The same in a sentence.</param>
public sealed record KeyAlert(string Kind, string LearningKey, DateTimeOffset At, int Version, double SessionsPerFalseAlarm, string Summary);

/// <summary>Passes alerts on to operators.</summary>
public interface IKeyAlerts
{
    /// <summary>Takes an alert and returns immediately. An alert can be taken twice, for example after a key moved to another silo.</summary>
    void Raise(KeyAlert alert);
}

/// <summary>Passes alerts on to nobody: they are in the log, in the metrics and on the pages.</summary>
internal sealed class NoAlerts : IKeyAlerts
{
    public void Raise(KeyAlert alert)
    {
    }
}
