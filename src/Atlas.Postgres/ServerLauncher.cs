using System.Globalization;

namespace Atlas.Postgres;

/// <summary>Starts and stops the server of a data directory with pg_ctl, which detaches it from this process.</summary>
internal sealed class ServerLauncher(ClusterFiles files, PrivatePostgresOptions options, TimeProvider time)
{
    private const long LargeLog = 10_000_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // pg_ctl has its own limit, and its message is better if it gives up itself.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>Starts the server on the previous port or a free one. It is listening when this returns.</summary>
    /// <exception cref="PrivatePostgresException">The server does not start; the message contains the end of its log.</exception>
    public async Task StartAsync(PostgresBinaries binaries, ServerIdentity identity, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        if (File.Exists(files.Log) && new FileInfo(files.Log).Length > LargeLog)
        {
            File.Move(files.Log, files.Log + ".1", overwrite: true);
        }

        while (true)
        {
            Postmaster.RemoveStaleFile(files);
            var port = PortChooser.Choose(files.ReadPort());
            await File.WriteAllTextAsync(files.Settings, ServerSettings.Text(port, options.Settings), cancellationToken).ConfigureAwait(false);
            files.WritePort(port);
            await ServerIdentityChooser.HandOverAsync(identity, files, cancellationToken).ConfigureAwait(false);
            var logBefore = File.Exists(files.Log) ? new FileInfo(files.Log).Length : 0;
            var answer = await identity.RunAsync(
                binaries.PgCtl, ["start", "--pgdata", files.Data, "--log", files.Log, "--wait", "--timeout", Seconds],
                options.Timeout + Grace, cancellationToken).ConfigureAwait(false);
            if (answer.ExitCode == 0)
            {
                return;
            }

            // Two problems are temporary: processes of a killed server that are about to end, and a port that was just taken. Until the
            // former have ended, the file of a killed server stays, and its number can belong to a process that was not reaped.
            var log = LogSince(logBefore);
            var passes = log.Contains("pre-existing shared memory block", StringComparison.Ordinal)
                || (log.Contains("lock file \"postmaster.pid\" already exists", StringComparison.Ordinal) && Postmaster.FindRunning(files) is null)
                || log.Contains("could not create any TCP/IP sockets", StringComparison.Ordinal)
                || log.Contains("could not bind", StringComparison.Ordinal);
            if (!passes || time.GetElapsedTime(began) > options.Timeout)
            {
                throw new PrivatePostgresException($"PostgreSQL in {files.Root} does not start. {answer.Output}\n{log}".TrimEnd());
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Closes open connections, writes all data and stops the server.</summary>
    /// <exception cref="PrivatePostgresException">The server does not stop.</exception>
    public async Task StopAsync(PostgresBinaries binaries, ServerIdentity identity, CancellationToken cancellationToken)
    {
        var answer = await identity.RunAsync(
            binaries.PgCtl, ["stop", "--pgdata", files.Data, "--mode", "fast", "--wait", "--timeout", Seconds],
            options.Timeout + Grace, cancellationToken).ConfigureAwait(false);
        if (answer.ExitCode != 0 && Postmaster.FindRunning(files) is not null)
        {
            throw new PrivatePostgresException($"PostgreSQL in {files.Root} does not stop: {answer.Output}");
        }
    }

    private string Seconds => Math.Max(1, (long)options.Timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private string LogSince(long position)
    {
        const int End = 4000;
        if (!File.Exists(files.Log))
        {
            return "";
        }

        using var log = new FileStream(files.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = Math.Min(log.Length, Math.Max(position, log.Length - End));
        using var reader = new StreamReader(log);
        return reader.ReadToEnd();
    }
}
