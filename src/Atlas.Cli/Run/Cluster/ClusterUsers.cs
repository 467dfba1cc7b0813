using Atlas.Cli.Workspace;

namespace Atlas.Cli.Run.Cluster;

/// <summary>The current users of a workspace's silos. The operating system forgets a user that dies.</summary>
internal static class ClusterUsers
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Joins the users; waits while the last one stops things.</summary>
    /// <exception cref="CommandFailedException">Another user has been stopping things for too long.</exception>
    public static async Task<FileStream> JoinAsync(AtlasHome home, TimeProvider clock, CancellationToken cancellation)
    {
        Directory.CreateDirectory(home.Path);
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(home.UsersFile, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
            }
            catch (IOException) when (clock.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Pause, clock, cancellation);
            }
            catch (IOException held)
            {
                throw new CommandFailedException(
                    ExitCode.CannotStart,
                    $"Another atlas command has been stopping the silos of {home.Path} for {Patience.TotalMinutes:0} minutes. Wait until it ends, or stop it.",
                    held);
            }
        }
    }

    /// <summary>Keeps others out if nobody uses the silos any more; returns null if somebody does.</summary>
    public static FileStream? TryBeLast(AtlasHome home)
    {
        try
        {
            return new FileStream(home.UsersFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
