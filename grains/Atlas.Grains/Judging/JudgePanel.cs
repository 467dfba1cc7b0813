using Atlas.Models.Judges;

namespace Atlas.Grains.Judging;

/// <summary>The judge of this silo, if it has one, and the signal that wakes it for new work.</summary>
internal sealed class JudgePanel(IJudge? judge, JudgingOptions options) : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0, 1);

    public IJudge? Judge => judge;

    public JudgingOptions Options => options;

    /// <summary>Signals that a session is waiting. A worker that misses the signal checks again shortly.</summary>
    public void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is already signalled.
        }
    }

    /// <summary>Completes on the signal, or after the pause.</summary>
    public Task HeardAsync(TimeSpan pause, CancellationToken stopping) => _bell.WaitAsync(pause, stopping);

    public void Dispose() => _bell.Dispose();
}
