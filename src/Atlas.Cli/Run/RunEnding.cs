using System.Text.Json;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Cli.Run.Cluster;
using Atlas.Cli.Run.Console;
using Atlas.Cli.Run.Report;
using Atlas.Domain;
using Atlas.Queries;
using Atlas.Runtime;

namespace Atlas.Cli.Run;

/// <summary>Reports the result of a run, and writes its artifact.</summary>
internal sealed class RunEnding(CommandContext context, RunConfiguration configuration, RunSettings settings)
{
    /// <summary>Reports a run that completed.</summary>
    public async Task<ExitCode> TellAsync(RunResult result, CancellationToken cancellation)
    {
        var (report, metadata, figures) = await GatherAsync(result, cancellation);
        switch (settings.View)
        {
            case RunView.Json:
                context.Terminal.Json(report);
                break;
            case RunView.JsonLines:
                new JsonLines(context.Terminal.DataWriter, withSteps: true).End(report);
                break;
            case RunView.Quiet:
                context.Terminal.Data(result.Answer);
                break;
            default:
                RunSheet.Write(report, figures, isStreaming: settings.Stream, context.Terminal);
                break;
        }

        if (Keep(report, metadata) is { } artefact && settings.View is not (RunView.Json or RunView.JsonLines or RunView.Quiet))
        {
            context.Terminal.Say($"everything about it: {artefact}");
        }

        if (result.Status is SessionStatus.Succeeded)
        {
            return ExitCode.Ok;
        }

        context.Terminal.Say(result.Error ?? $"Session {result.SessionId} failed.");
        return ExitCode.Failed;
    }

    /// <summary>Reports a run that was stopped: its session is already closed, as failed unless the work was done.</summary>
    public async Task<ExitCode> StoppedAsync(LastResult last, bool isTimeout)
    {
        if (last.Result is { Status: SessionStatus.Succeeded } done)
        {
            var code = await TellAsync(done, CancellationToken.None);
            if (done.Reward is null)
            {
                context.Terminal.Say($"Session {done.SessionId} succeeded, but its reward was not waited for. See it later with `atlas session show {done.SessionId}`.");
            }

            return code;
        }

        if (last.Result is { } result)
        {
            var (report, metadata, _) = await GatherAsync(result, CancellationToken.None);
            if (settings.View is RunView.Json)
            {
                context.Terminal.Json(report);
            }
            else if (settings.View is RunView.JsonLines)
            {
                new JsonLines(context.Terminal.DataWriter, withSteps: true).End(report);
            }

            Keep(report, metadata);
        }

        var closed = last.Result is { ReviewStatus: not null }
            ? "is closed as failed"
            : "could not be closed; its silo closes it as failed when its lease expires";
        context.Terminal.Say(isTimeout
            ? $"Session {last.Start!.SessionId} did not end within {settings.Timeout!.Value.TotalSeconds:0} s and {closed}."
            : $"Stopped: session {last.Start!.SessionId} {closed}.");
        return isTimeout ? ExitCode.Failed : ExitCode.Interrupted;
    }

    /// <summary>Writes the artifact, after the answer: it must not be lost because a disk is full.</summary>
    /// <returns>The path of the file; null if it could not be written.</returns>
    private string? Keep(RunReport report, JsonElement? metadata)
    {
        try
        {
            return RunArtefact.Write(context, settings.Task, configuration.FullPath, report, metadata);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            context.Terminal.Say($"warning: the file of the run could not be written: {unwritable.Message}");
            return null;
        }
    }

    private async Task<(RunReport Report, JsonElement? Metadata, LearningFigures Figures)> GatherAsync(
        RunResult result, CancellationToken cancellation)
    {
        var report = RunReport.Of(result);
        try
        {
            return await new DatabaseAccess(context).ReadAsync(async source =>
            {
                var session = await source.Sessions.FindAsync(result.SessionId, maxEvents: 0, cancellation);
                var figures = LearningFigures.Of(
                    result, await source.Keys.StandingAsync(result.LearningKey, cancellation), [session?.StudentLearning, session?.TeacherLearning]);
                return (report with { Learned = await LearnedAsync(source, result, cancellation) }, session?.Metadata, figures);
            });
        }
        catch (CommandFailedException unreachable)
        {
            // The session is over whatever happens to its database; report what is known.
            context.Terminal.Say($"warning: the stored session cannot be read: {unreachable.Message}");
            return (report, null, LearningFigures.Of(result, null, []));
        }
    }

    private static async Task<DifferenceDocument?> LearnedAsync(AtlasQueries source, RunResult result, CancellationToken cancellation)
    {
        if (result.PlaybookAfter is not { } after || after.Version == result.PlaybookBefore.Version)
        {
            return null;
        }

        var versions = new VersionReader(source);
        var difference = DifferenceDocument.Of(
            result.LearningKey,
            await versions.ReadAsync(result.LearningKey, result.PlaybookBefore.Version, cancellation),
            await versions.ReadAsync(result.LearningKey, after.Version, cancellation));
        return difference.Same ? null : difference;
    }
}
