using System.Runtime.ExceptionServices;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Client;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Import;
using Atlas.Runtime.Importing;
using Orleans.Runtime;

namespace Atlas.Cli.Import;

/// <summary>Imports a source of recorded runs, many sessions at a time, and sets bad records aside.</summary>
internal sealed class ImportRun(CommandContext context, IAtlasClient client, ImportSettings settings)
{
    /// <param name="records">The source.</param>
    /// <param name="source">Its name, for people.</param>
    /// <param name="cancellation">Cancels the import; what is stored stays.</param>
    /// <returns>What was imported, and what stopped the import before its end; null if nothing did. Running the same import later continues
    /// where this one stopped.</returns>
    public async Task<(ImportReport Report, ExceptionDispatchInfo? Stopped)> RunAsync(
        IAsyncEnumerable<RunOrError> records, string source, CancellationToken cancellation)
    {
        var tally = new ImportTally();
        var began = context.Clock.GetTimestamp();
        ExceptionDispatchInfo? stopped = null;
        (LearningKeyDescription Key, int Waiting)? standing = null;
        double? seconds = null;
        try
        {
            await Progress.CountAsync(
                context.Terminal,
                $"Importing {source} into {settings.LearningKey}",
                () => HowFar(tally.Counts()),
                () => ImportAllAsync(records, tally, cancellation),
                context.Clock);
            seconds = context.Clock.GetElapsedTime(began).TotalSeconds;
            standing = await Progress.WaitAsync(
                context.Terminal,
                "Waiting for the playbook",
                () => new DatabaseAccess(context).ReadAsync(source =>
                    new SynthesisWait(client, source.Keys, context.Clock).FinishAsync(settings.LearningKey, cancellation)));
        }
        catch (Exception failure)
        {
            stopped = ExceptionDispatchInfo.Capture(failure);
        }

        return (Report(source, tally.Counts(), seconds ?? context.Clock.GetElapsedTime(began).TotalSeconds, standing, stopped?.SourceException), stopped);
    }

    private ImportReport Report(
        string source, ImportCounts counts, double seconds, (LearningKeyDescription Key, int Waiting)? standing, Exception? stopped) => new()
    {
        Source = source,
        LearningKey = settings.LearningKey,
        Imported = counts.Imported,
        AlreadyThere = counts.AlreadyThere,
        Bad = counts.Bad,
        MeanReward = counts.MeanReward,
        Unscored = counts.Unscored,
        Mended = counts.Mended,
        LearningIsOff = counts.LearningIsOff,
        AwaitApproval = counts.AwaitApproval,
        Seconds = Math.Round(seconds, 3),
        SessionsPerSecond = Math.Round((counts.Imported + counts.AlreadyThere) / Math.Max(seconds, 0.001), 1),
        PlaybookVersion = standing?.Key.Playbook.Version,
        SessionsApplied = standing?.Key.SessionsApplied,
        Pending = standing?.Waiting,
        Stopped = stopped is null ? null : stopped is OperationCanceledException ? "Stopped." : stopped.Message,
    };

    private async Task ImportAllAsync(IAsyncEnumerable<RunOrError> records, ImportTally tally, CancellationToken cancellation)
    {
        using var watch = new SiloWatch(context, cancellation);
        var importer = new SessionImporter(client, settings.LearningKey, settings.Review);
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = settings.Concurrency,
            CancellationToken = watch.Gone,
        };
        try
        {
            var wanted = settings.Limit is { } limit ? records.Take(limit) : records;
            await Parallel.ForEachAsync(
                wanted, options, async (record, stop) => await ImportOneAsync(importer, record, tally, stop));
        }
        catch (Exception exception) when (watch.SiloHasGone || exception is AtlasUnavailableException or OrleansException or TimeoutException)
        {
            var counts = tally.Counts();
            var reason = watch.SiloHasGone ? "The silo has ended." : exception.Message;
            throw new CommandFailedException(
                ExitCode.NotRunning,
                $"The import stopped after {Wording.Count(counts.Imported + counts.AlreadyThere, "session")}. {reason} "
                + "Start what is missing with `atlas up --detach` and repeat the import. It continues where it stopped, and nothing counts twice.",
                exception);
        }
    }

    private static async Task ImportOneAsync(
        SessionImporter importer, RunOrError record, ImportTally tally, CancellationToken cancellation)
    {
        if (!record.Succeeded)
        {
            tally.AddBad(record, record.Error);
            return;
        }

        try
        {
            tally.Add(record, await importer.ImportAsync(record.Run, cancellation));
        }
        catch (AtlasRefusedException refused)
        {
            tally.AddBad(record, refused.Message);
        }
    }

    private static string HowFar(ImportCounts counts) =>
        Wording.Count(counts.Imported, "session")
        + (counts.AlreadyThere > 0 ? $", {counts.AlreadyThere} already there" : "")
        + (counts.Bad.Count > 0 ? $", {Wording.Count(counts.Bad.Count, "bad record")}" : "");
}
