namespace Atlas.Runtime.Runs;

/// <summary>The time limit of one attempt at a step, or of one answer of the teacher.</summary>
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

    /// <summary>Gets a value indicating whether this limit ended the work.</summary>
    public bool IsOver => _limit?.IsCancellationRequested == true;

    /// <summary>Returns the exception to report.</summary>
    public TimeoutException Failure(int stepId) => new(FormattableString.Invariant(
        $"Step {stepId} was not done within {_seconds} seconds (orchestration.step_timeout_seconds)."));

    public void Dispose()
    {
        _either.Dispose();
        _limit?.Dispose();
    }

    /// <summary>Limits the time to the range of a timer, about seven weeks; nobody waits longer for a step.</summary>
    private static TimeSpan Bounded(TimeSpan time) => time < TimeSpan.FromDays(49) ? time : TimeSpan.FromDays(49);
}
