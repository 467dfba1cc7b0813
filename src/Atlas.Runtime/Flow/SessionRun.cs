using System.Diagnostics;
using Atlas.Client;
using Atlas.Contracts;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Runtime.Modes;
using Atlas.Runtime.Observing;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;
using Atlas.Runtime.Teachers;

namespace Atlas.Runtime.Flow;

/// <summary>One session from its start to its result. Whatever happens in between, the session is closed.</summary>
internal sealed class SessionRun(IAtlasClient cluster, RunContext run, RunRequest request, PlanCache plans, Patience patience)
{
    private readonly RunWork _work = new();
    private readonly long _began = run.Time.GetTimestamp();

    /// <summary>Does the work and closes the session.</summary>
    /// <param name="cancellationToken">The caller's cancellation; the session is closed all the same.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled the work.</exception>
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        var closing = new RunClosing(run, _work, request, patience);
        Exception? failure = null;
        SessionReward? reward = null;
        var duration = TimeSpan.Zero;
        try
        {
            run.Events.Tell(observer => observer.Started(
                new RunStarted(run.Session.SessionId, run.Task, run.Session.LearningKey, run.Session.Playbook)));
            await new Orchestrator(run, _work, new ModeSelector(run, cluster, request.ForcedMode), plans).RunAsync(cancellationToken).ConfigureAwait(false);
            duration = run.Time.GetElapsedTime(_began);
            reward = await closing.EvaluateAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception wrong)
        {
            failure = wrong;
            duration = run.Time.GetElapsedTime(_began);
        }

        var cancelled = failure is not null && cancellationToken.IsCancellationRequested;
        var error = failure is null ? null : cancelled ? "The run was cancelled." : Sentence(failure);
        if (failure is not null && !cancelled)
        {
            run.Log.RunFailed(failure, run.Session.SessionId);
        }

        var end = await EndAsync(closing, reward, error).ConfigureAwait(false);
        var result = await ResultAsync(end, reward, duration, cancelled, cancellationToken).ConfigureAwait(false);
        Count(result);
        run.Events.Tell(observer => observer.Completed(result));
        return cancelled ? throw new OperationCanceledException("The run was cancelled; its session is closed as failed.", failure, cancellationToken) : result;
    }

    /// <summary>Closes the session, as well as the cluster allows.</summary>
    private async Task<End> EndAsync(RunClosing closing, SessionReward? reward, string? error)
    {
        try
        {
            try
            {
                return End.Of(await closing.CloseAsync(reward, error).ConfigureAwait(false), error);
            }
            catch (AtlasRefusedException refusal)
            {
                return await EndRefusedAsync(closing, reward, error, refusal).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            run.Log.NotClosed(run.Session.SessionId, failure.Message);
            var lost = $"Session {run.Session.SessionId} could not be closed, so the cluster closes it as failed when its lease runs out: {failure.Message}";
            return new End(null, error is null ? lost : $"{error} {lost}");
        }
        finally
        {
            await run.Records.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Closes the session after its end was refused, with as much of its result as is not.</summary>
    private async Task<End> EndRefusedAsync(RunClosing closing, SessionReward? reward, string? error, AtlasRefusedException refusal)
    {
        try
        {
            var warning = $"The session was closed without its metadata, because its end was refused with it: {refusal.Message}";
            var end = End.Of(await closing.CloseWithoutMetadataAsync(reward, error, warning).ConfigureAwait(false), error);
            run.Warn(warning);
            return end;
        }
        catch (AtlasRefusedException again)
        {
            var why = error ?? $"The end of the session was refused: {again.Message}";
            return End.Of(await closing.CloseBareAsync(why).ConfigureAwait(false), why);
        }
    }

    private async Task<RunResult> ResultAsync(
        End end, SessionReward? given, TimeSpan duration, bool cancelled, CancellationToken cancellationToken)
    {
        var completed = end.Completed;
        var state = completed is { Status: SessionStatus.Succeeded } && given is null && !cancelled ? await JudgedAsync(cancellationToken).ConfigureAwait(false) : null;
        var reward = given ?? state?.Reward;
        var after = completed is null || cancelled
            ? null
            : await new LearningWait(cluster, run.Time)
                .ForAsync(run.Session.LearningKey, run.Session.SessionId, request.LearningPatience, cancellationToken).ConfigureAwait(false);
        return new RunResult
        {
            SessionId = run.Session.SessionId,
            LearningKey = run.Session.LearningKey,
            Status = completed?.Status ?? SessionStatus.Failed,
            Answer = _work.Answer ?? "",
            Error = end.Error,
            Warnings = run.Warnings,
            ExecutionMode = ModeRules.NameOf(_work.Mode?.Mode),
            ModeSource = _work.Mode?.Source,
            Reward = reward,
            RewardAbsent = reward is null ? Absence(completed, state) : null,
            ReviewStatus = state?.ReviewStatus ?? completed?.ReviewStatus,
            Learning = state?.Learning ?? completed?.Learning,
            LearningReason = (state is null ? completed?.Reason : state.Reason) ?? completed?.Reason,
            PlaybookBefore = PlaybookStamp.Of(run.Session.Playbook),
            PlaybookAfter = after,
            PlaybookApplied = run.AppliesPlaybook,
            Usage = run.Usage.ByRole,
            Cost = run.Usage.Cost,
            Cues = run.Tracker.Snapshot(),
            Plan = _work.Plan,
            Steps = [.. _work.Steps.Select(step => step.ToRunStep())],
            Duration = duration,
        };
    }

    private async Task<SessionState?> JudgedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.AwaitRewardAsync(run.Session.SessionId, request.RewardPatience, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure)
        {
            // The session is closed; its reward can be read later.
            run.Warn($"The reward could not be waited for: {failure.Message}");
            return null;
        }
    }

    private static string Absence(SessionCompleted? completed, SessionState? state) => state switch
    {
        { Judging: JudgingStatus.Pending } => "The judges have not answered yet.",
        { Judging: JudgingStatus.Failed } => state.Reason ?? "The judges could not be reached.",
        _ when completed is not { Status: SessionStatus.Succeeded } => "A session that failed is not judged.",
        null => "The reward was not waited for.",
        _ => state.Reason ?? "No judge is configured for this session.",
    };

    private void Count(RunResult result)
    {
        var tags = new TagList { { "status", result.Status.ToWire() }, { "mode", result.ExecutionMode } };
        RuntimeTelemetry.Runs.Add(1, tags);
        RuntimeTelemetry.Durations.Record(result.Duration.TotalSeconds, tags);
    }

    private static string Sentence(Exception failure) => failure is OperationCanceledException
        ? "The work was cancelled from within before it was done."
        : failure.Message;

    /// <summary>How a session was closed.</summary>
    private sealed record End(SessionCompleted? Completed, string? Error)
    {
        public static End Of(SessionCompleted completed, string? error) => new(
            completed,
            error ?? (completed.Status is SessionStatus.Succeeded ? null : "The session was closed as failed before the work was done; its lease may have run out."));
    }
}
