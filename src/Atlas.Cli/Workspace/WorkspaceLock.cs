namespace Atlas.Cli.Workspace;

/// <summary>Lets one command at a time start or stop things in a workspace. The kernel releases it when its holder dies.</summary>
internal sealed class WorkspaceLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly FileStream _file;

    private WorkspaceLock(FileStream file)
    {
        _file = file;
    }

    /// <summary>Takes the lock, waiting for its current holder.</summary>
    /// <exception cref="CommandFailedException">The lock was not free within <paramref name="patience"/>.</exception>
    public static async Task<WorkspaceLock> TakeAsync(
        AtlasHome home, TimeSpan patience, Action onWaiting, TimeProvider clock, CancellationToken cancellation)
    {
        Directory.CreateDirectory(home.Path);
        var began = clock.GetTimestamp();
        for (var told = false; ; told = true)
        {
            try
            {
                return new WorkspaceLock(new FileStream(home.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (clock.GetElapsedTime(began) < patience)
            {
                if (!told)
                {
                    onWaiting();
                }

                await Task.Delay(Pause, clock, cancellation);
            }
            catch (IOException exception)
            {
                throw new CommandFailedException(
                    ExitCode.CannotStart,
                    $"Another atlas command has held {home.LockFile} for more than {patience.TotalSeconds:0} s. Wait until it ends, or stop it.",
                    exception);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
