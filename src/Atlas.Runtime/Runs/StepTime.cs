namespace Atlas.Runtime.Runs;

/// <summary>The time that one try of a step, or one word of the teacher, may take.</summary>
internal sealed class StepTime : IDisposable
{
    private readonly CancellationTokenSource? _limit;
    private readonly CancellationTokenSource _either;
    private readonly double _seconds;

    public StepTime(RunContext run, CancellationToken cancellationToken)
    {
        _seconds = run.Configuration.Orchestration.StepTimeoutSeconds;
        _limit = _seconds > 0 && _seconds < TimeSpan.MaxValue.TotalSeconds
            ? new CancellationTokenSource(Bounded(TimeSpan.FromSeconds(_seconds)), run.Time)
            : null;
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _limit?.Token ?? CancellationToken.None);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Whether it was this limit that ended the work.</summary>
    public bool IsOver => _limit?.IsCancellationRequested == true;

    /// <summary>The failure to tell of.</summary>
    public TimeoutException Failure(int stepId) => new(FormattableString.Invariant(
        $"Step {stepId} was not done within {_seconds} seconds (orchestration.step_timeout_seconds)."));

    public void Dispose()
    {
        _either.Dispose();
        _limit?.Dispose();
    }

    /// <summary>A timer takes some seven weeks at most; nobody waits longer for a step.</summary>
    private static TimeSpan Bounded(TimeSpan time) => time < TimeSpan.FromDays(49) ? time : TimeSpan.FromDays(49);
}
