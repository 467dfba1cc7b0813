using Atlas.Models.Judges;

namespace Atlas.Grains.Judging;

/// <summary>The judge of this silo, if it has one, and the bell that tells it of new work.</summary>
internal sealed class JudgePanel(IJudge? judge, JudgingOptions options) : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0, 1);

    public IJudge? Judge => judge;

    public JudgingOptions Options => options;

    /// <summary>Tells that a session waits. Whoever misses it looks again after a short while.</summary>
    public void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    /// <summary>Returns when it rings, or after the pause.</summary>
    public Task HeardAsync(TimeSpan pause, CancellationToken stopping) => _bell.WaitAsync(pause, stopping);

    public void Dispose() => _bell.Dispose();
}
