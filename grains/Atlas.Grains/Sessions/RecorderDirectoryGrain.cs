using Atlas.Contracts.Sessions;
using Orleans.Concurrency;

namespace Atlas.Grains.Sessions;

/// <summary>Asks all recorders that store sessions in the background.</summary>
[Reentrant]
internal sealed class RecorderDirectoryGrain(TimeProvider time) : Grain, IRecorderDirectoryGrain
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(10 * IRecorderDirectoryGrain.JoinSeconds);
    private static readonly TimeSpan Introduction = TimeSpan.FromSeconds(1.5 * IRecorderDirectoryGrain.JoinSeconds);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<ISessionRecorder, long> _heard = [];
    private readonly long _began = time.GetTimestamp();

    public Task Join(ISessionRecorder recorder)
    {
        _heard[recorder] = time.GetTimestamp();
        return Task.CompletedTask;
    }

    public async Task<RecordedSoFar?> Settle(long sessionId)
    {
        var known = await AskAsync(recorder => recorder.Settle(sessionId));
        return known.OfType<RecordedSoFar>().MaxBy(recorded => recorded.At);
    }

    public async Task<long?> Find(string space, string responseId)
    {
        var known = await AskAsync(recorder => recorder.Find(space, responseId));
        return known.FirstOrDefault(found => found is not null);
    }

    private async Task<T?[]> AskAsync<T>(Func<ISessionRecorder, Task<T?>> ask)
    {
        if (Introduction - time.GetElapsedTime(_began) is var left && left > TimeSpan.Zero)
        {
            // The previous directory may have known recorders that have not had time to join again.
            await Task.Delay(left, time);
        }

        foreach (var (silent, _) in _heard.Where(one => time.GetElapsedTime(one.Value) > Lasts).ToArray())
        {
            _heard.Remove(silent);
        }

        return await Task.WhenAll(_heard.Keys.ToArray().Select(async recorder =>
        {
            try
            {
                return await ask(recorder).WaitAsync(Patience, time);
            }
            catch (Exception)
            {
                // It has died or is busy; what it had not stored by then is lost with it, and the outcome counts anyway.
                return default;
            }
        }));
    }
}
