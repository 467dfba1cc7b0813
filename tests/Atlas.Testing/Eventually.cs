using System.Diagnostics;

namespace Atlas.Testing;

/// <summary>Waits for what becomes true by itself.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks again and again until the condition holds.</summary>
    /// <param name="condition">What should become true.</param>
    /// <param name="timeout">How long to wait for it.</param>
    /// <param name="what">What is waited for, for the message; null for a general one.</param>
    /// <exception cref="TimeoutException">It did not become true in time.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan timeout, string? what = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var began = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(Pause);
        while (!await condition().ConfigureAwait(false))
        {
            if (Stopwatch.GetElapsedTime(began) > timeout)
            {
                throw new TimeoutException($"{what ?? "The condition"} did not become true within {timeout}.");
            }

            await pace.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan, string)"/>
    public static Task TrueAsync(Func<bool> condition, TimeSpan timeout, string? what = null) =>
        TrueAsync(() => Task.FromResult(condition()), timeout, what);

    /// <summary>Lets time pass where the passing itself is the point: a fault that lasts, or that comes at a random moment.</summary>
    public static async Task AfterAsync(TimeSpan span)
    {
        using var timer = new PeriodicTimer(span);
        await timer.WaitForNextTickAsync().ConfigureAwait(false);
    }
}
