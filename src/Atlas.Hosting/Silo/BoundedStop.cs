using Npgsql;

namespace Atlas.Hosting.Silo;

/// <summary>Ends the process when it takes too long to stop in good order.</summary>
/// <remarks>A silo that stops says so in the database, and tries again for as long as the database does not answer: without this it
/// would go on for ever. What was acknowledged is stored, and the other silos notice that this one is gone.</remarks>
/// <param name="database">Asked for when the silo stops, not before: making it asks the server, and at the start the settings are to be
/// checked first.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where it says that it ends the process.</param>
/// <param name="end">Ends the process.</param>
internal sealed partial class BoundedStop(Func<NpgsqlDataSource> database, TimeProvider time, ILogger<BoundedStop> log, Action<SiloExit> end)
{
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceWithoutDatabase = TimeSpan.FromSeconds(10);

    // Longer than the host's own time limit, shorter than `atlas down` waits before it ends the silo by force.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>From the moment the silo is told to stop, watches that it does.</summary>
    public static void Watch(WebApplication app)
    {
        var services = app.Services;
        var stop = new BoundedStop(
            services.GetRequiredService<NpgsqlDataSource>,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<BoundedStop>>(),
#pragma warning disable RS0030 // What does not stop in good order can be ended in no other way.
            exit => Environment.Exit((int)exit));
#pragma warning restore RS0030
        app.Lifetime.ApplicationStopping.Register(() => _ = Task.Run(stop.RunAsync));
    }

    /// <summary>Waits for as long as stopping may take. Where all goes well the process has ended by then.</summary>
    public async Task RunAsync()
    {
        var began = time.GetTimestamp();
        var (patience, exit) = await AnswersAsync().ConfigureAwait(false) ? (Patience, SiloExit.Stuck) : (PatienceWithoutDatabase, SiloExit.NoDatabase);
        var left = patience - time.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time).ConfigureAwait(false);
        }

        Ending(log, patience.TotalSeconds, exit is SiloExit.NoDatabase ? "the database does not answer" : "something holds it up");
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
            // Whatever it is: on this database no good order can be waited for.
            return false;
        }
    }

    [LoggerMessage(1190, LogLevel.Warning, "This silo was told to stop {Seconds} s ago and has not yet: {Reason}. It ends now; nothing that was acknowledged is lost.")]
    private static partial void Ending(ILogger logger, double seconds, string reason);
}
