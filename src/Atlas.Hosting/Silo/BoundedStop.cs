using Npgsql;

namespace Atlas.Hosting.Silo;

/// <summary>Ends the process if an orderly stop takes too long.</summary>
/// <remarks>A stopping silo records this in the database and retries for as long as the database does not answer; without a limit it would
/// never end. Everything acknowledged is stored, and the other silos notice that this one is gone.</remarks>
/// <param name="database">Called when the silo stops, not earlier: creating the data source contacts the server, and the settings must be
/// checked first at startup.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Logs that the process is being ended.</param>
/// <param name="end">Ends the process.</param>
internal sealed partial class BoundedStop(Func<NpgsqlDataSource> database, TimeProvider time, ILogger<BoundedStop> log, Action<SiloExit> end)
{
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceWithoutDatabase = TimeSpan.FromSeconds(10);

    // Longer than the host's own time limit, but shorter than `atlas down` waits before it kills the silo.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Watches that the silo stops, from the moment it is asked to.</summary>
    public static void Watch(WebApplication app)
    {
        var services = app.Services;
        var stop = new BoundedStop(
            services.GetRequiredService<NpgsqlDataSource>,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<BoundedStop>>(),
#pragma warning disable RS0030 // There is no other way to end a process that does not stop in good order.
            exit => Environment.Exit((int)exit));
#pragma warning restore RS0030
        app.Lifetime.ApplicationStopping.Register(() => _ = Task.Run(stop.RunAsync));
    }

    /// <summary>Waits for as long as stopping can take. Normally the process has ended before.</summary>
    public async Task RunAsync()
    {
        var began = time.GetTimestamp();
        var (patience, exit) = await AnswersAsync().ConfigureAwait(false) ? (Patience, SiloExit.Stuck) : (PatienceWithoutDatabase, SiloExit.NoDatabase);
        var left = patience - time.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time).ConfigureAwait(false);
        }

        Ending(log, patience.TotalSeconds, exit is SiloExit.NoDatabase ? "the database does not answer" : "something blocks it");
        end(exit);
    }

    private async Task<bool> AnswersAsync()
    {
        using var limit = new CancellationTokenSource(TimeToAnswer, time);
        try
        {
            var connection = await database().OpenConnectionAsync(limit.Token).ConfigureAwait(false);
            await using var connectionDisposal = connection.ConfigureAwait(false);
            var question = new NpgsqlCommand("SELECT 1", connection);
            await using var questionDisposal = question.ConfigureAwait(false);
            await question.ExecuteScalarAsync(limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            // Whatever the failure is, this database does not allow an orderly stop.
            return false;
        }
    }

    [LoggerMessage(1190, LogLevel.Warning, "This silo was told to stop {Seconds} s ago and has not stopped yet: {Reason}. It exits now; nothing that was acknowledged is lost.")]
    private static partial void Ending(ILogger logger, double seconds, string reason);
}
