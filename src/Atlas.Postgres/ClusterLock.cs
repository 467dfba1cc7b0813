using System.Globalization;

namespace Atlas.Postgres;

/// <summary>Allows only one process at a time to create, start or stop a cluster. Released when the process ends.</summary>
internal static class ClusterLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <exception cref="PrivatePostgresException">Another process held it for too long.</exception>
    public static async Task<IDisposable> TakeAsync(
        ClusterFiles files, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(files.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (time.GetElapsedTime(began) < timeout)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException held)
            {
                throw new PrivatePostgresException(string.Create(CultureInfo.InvariantCulture,
                    $"Another process has been starting or stopping the PostgreSQL in {files.Root} for more than {timeout.TotalSeconds:0} s."), held);
            }
        }
    }
}
