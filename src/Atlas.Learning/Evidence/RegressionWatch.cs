namespace Atlas.Learning.Evidence;

/// <summary>The alarm over one key's sessions: learns from the first ones what is usual, and watches the others. Immutable.</summary>
public sealed record RegressionWatch
{
    /// <summary>Nothing seen.</summary>
    public static RegressionWatch Start { get; } = new();

    /// <summary>What is usual; does not change while the watch lasts.</summary>
    public TaskExpectation Usual { get; init; } = TaskExpectation.None;

    public RegressionAlarm Alarm { get; init; } = RegressionAlarm.None;

    /// <summary>Sessions watched since the reference was complete.</summary>
    public long Watched { get; init; }

    /// <summary>Whether the alarm was raised. It stays so until <see cref="Start"/> is put in place, when what followed from it is decided.</summary>
    public bool IsRaised { get; init; }

    /// <summary>With one session more.</summary>
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
        return this with { Alarm = alarm, Watched = Watched + 1, IsRaised = IsRaised || alarm.Level >= options.AlarmLimit };
    }
}
