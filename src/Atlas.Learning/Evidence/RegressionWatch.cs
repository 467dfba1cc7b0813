using System.Text.Json.Serialization;

namespace Atlas.Learning.Evidence;

/// <summary>The alarm over one key's sessions: learns from the first ones what is usual, and watches the rest. Immutable.</summary>
public sealed record RegressionWatch
{
    /// <summary>No sessions seen.</summary>
    public static RegressionWatch Start { get; } = new();

    /// <summary>No sessions seen since an alarm that no trial could answer was closed. The alarm stays visible until what is usual is known
    /// again.</summary>
    public static RegressionWatch Closed { get; } = new() { IsRaised = true };

    /// <summary>The usual rewards; constant while the watch lasts.</summary>
    public TaskExpectation Usual { get; init; } = TaskExpectation.None;

    public RegressionAlarm Alarm { get; init; } = RegressionAlarm.None;

    /// <summary>Sessions watched since the reference was complete.</summary>
    public long Watched { get; init; }

    /// <summary>Whether the alarm was raised. It stays raised until <see cref="Start"/> or <see cref="Closed"/> replaces it, once its
    /// consequences are decided.</summary>
    public bool IsRaised { get; init; }

    /// <summary>Whether the alarm that is visible was closed, so that watching has begun again.</summary>
    [JsonIgnore]
    public bool IsClosed => IsRaised && Watched == 0;

    /// <summary>Returns the watch with one more session.</summary>
    /// <param name="task">See <see cref="TaskIdentity"/>; null for an unknown task.</param>
    /// <param name="reward">0 to 1.</param>
    /// <param name="session">The session's number.</param>
    /// <param name="options">Bounds.</param>
    public RegressionWatch Add(string? task, double reward, long session, EvidenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Usual.Sessions < options.AlarmReference)
        {
            return this with { Usual = Usual.Add(task, reward, session) };
        }

        var alarm = Alarm.Add(Usual.Of(task, options.Kappa), reward, options.AlarmSlack);
        return this with { Alarm = alarm, Watched = Watched + 1, IsRaised = (IsRaised && !IsClosed) || alarm.Level >= options.AlarmLimit };
    }
}
