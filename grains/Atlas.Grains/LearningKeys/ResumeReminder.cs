using Atlas.Contracts;
using Atlas.Learning.Journal;

namespace Atlas.Grains.LearningKeys;

/// <summary>Activates the key again if its silo dies while sessions wait for a synthesis.</summary>
/// <param name="register">Stores the reminder.</param>
/// <param name="unregister">Removes it.</param>
internal sealed class ResumeReminder(Func<Task> register, Func<Task> unregister)
{
    private const string Name = "resume-synthesis";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private Task? _set;
    private Task _clearing = Task.CompletedTask;

    /// <summary>How many commands under way rely on it.</summary>
    private int _needed;

    /// <summary>Creates the reminder of a grain.</summary>
    public static ResumeReminder Of(LearningKeyGrain grain) => new(
        () => grain.RegisterOrUpdateReminder(Name, Period, Period),
        async () =>
        {
            if (await grain.GetReminder(Name) is { } reminder)
            {
                await grain.UnregisterReminder(reminder);
            }
        });

    /// <summary>Makes sure that the reminder exists before a command begins, and until it ends: it can bring a session that waits.</summary>
    /// <exception cref="AtlasUnavailableException">It could not be stored.</exception>
    public async Task<T> WithAsync<T>(Func<Task<T>> command)
    {
        _needed++;
        try
        {
            await SetAsync();
            return await command();
        }
        finally
        {
            _needed--;
        }
    }

    /// <summary>Removes the reminder if nothing waits for what it would resume. A frozen key resumes nothing, and sets it again when the
    /// freeze ends. A concurrent set waits, so that the newer request wins.</summary>
    public Task ClearIfIdleAsync(LearningKeyState committed)
    {
        if (_needed > 0 || committed is { Pending.IsEmpty: false, Frozen: null })
        {
            return Task.CompletedTask;
        }

        _set = null;
        return _clearing = unregister();
    }

    // Asks the database once.
    private async Task SetAsync()
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
            throw new AtlasUnavailableException("The database did not store the reminder that would wake this learning key. Send the request again.");
        }
    }

    private async Task RegisterAsync()
    {
        await _clearing.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await register();
    }
}
