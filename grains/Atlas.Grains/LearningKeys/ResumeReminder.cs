using Atlas.Contracts;

namespace Atlas.Grains.LearningKeys;

/// <summary>Activates the key again if its silo dies while sessions wait for a synthesis.</summary>
internal sealed class ResumeReminder(LearningKeyGrain grain)
{
    private const string Name = "resume-synthesis";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private Task? _set;
    private Task _clearing = Task.CompletedTask;

    /// <summary>Makes sure that the reminder exists; asks the database once.</summary>
    /// <exception cref="AtlasUnavailableException">It could not be stored.</exception>
    public async Task SetAsync()
    {
        var set = _set ??= RegisterAsync();
        try
        {
            await set;
        }
        catch (Exception)
        {
            // The failure comes from the silo that keeps the reminder, and cannot always be serialised further.
            _set = null;
            throw new AtlasUnavailableException("The reminder that would wake this learning key could not be stored. Send the request again.");
        }
    }

    /// <summary>Removes the reminder. A concurrent set waits, so that the newer request wins.</summary>
    public Task ClearAsync()
    {
        _set = null;
        return _clearing = UnregisterAsync();
    }

    private async Task RegisterAsync()
    {
        await _clearing.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await grain.RegisterOrUpdateReminder(Name, Period, Period);
    }

    private async Task UnregisterAsync()
    {
        if (await grain.GetReminder(Name) is { } reminder)
        {
            await grain.UnregisterReminder(reminder);
        }
    }
}
