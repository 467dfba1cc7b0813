using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Learning.Sessions;
using Atlas.Runtime.Modes;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;

namespace Atlas.Runtime.Flow;

/// <summary>Closes sessions: stores waiting records, the usage, the answer and the reward.</summary>
internal sealed class RunClosing(RunContext run, RunWork work, RunRequest request, Patience patience)
{
    /// <summary>Returns the reward of the caller's evaluator; null if there is none, or none that can be used.</summary>
    public async Task<SessionReward?> EvaluateAsync(CancellationToken cancellationToken)
    {
        if (request.Evaluator is not { } evaluate)
        {
            return null;
        }

        try
        {
            var reward = await evaluate(Outcome(), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (reward is null || (reward.Score is >= 0 and <= 1 && reward.Uncertainty is null or (>= 0 and <= 1)))
            {
                return reward;
            }

            run.Warn(FormattableString.Invariant($"The evaluator's reward {reward.Score} (uncertainty {reward.Uncertainty}) is not a number from 0 to 1 and is ignored."));
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            run.Warn($"The evaluator gave no reward: {failure.Message}");
        }

        return null;
    }

    /// <summary>Closes the session.</summary>
    /// <param name="reward">The reward; null leaves it to the cluster's judges.</param>
    /// <param name="error">Why the work failed; null if it did not.</param>
    /// <exception cref="AtlasUnavailableException">The cluster was unreachable for as long as it was retried.</exception>
    public async Task<SessionCompleted> CloseAsync(SessionReward? reward, string? error)
    {
        await run.Records.DrainAsync().ConfigureAwait(false);
        run.Tracker.RecordOutcome(UsageReport.Of(run, work, reward?.Score, error is not null));
        if (run.Tracker.Snapshot() is { } usage)
        {
            await TryAsync(() => run.Session.RecordUsageAsync(usage)).ConfigureAwait(false);
        }

        return await CompleteAsync(Completion(reward, error, RunMetadata.Fitted(RunMetadata.ForEnd(run, work, error), run))).ConfigureAwait(false);
    }

    /// <summary>Closes the session with the same result and without the metadata, which nothing depends on.</summary>
    /// <param name="reward">The reward; null leaves it to the cluster's judges.</param>
    /// <param name="error">Why the work failed; null if it did not.</param>
    /// <param name="warning">Why the metadata is not there.</param>
    public Task<SessionCompleted> CloseWithoutMetadataAsync(SessionReward? reward, string? error, string warning)
    {
        var metadata = new JsonObject { ["runtime_warnings"] = new JsonArray(Shortened(warning)) };
        if (error is not null)
        {
            metadata["runtime_error"] = Shortened(error);
        }

        return CompleteAsync(Completion(reward, error, JsonSerializer.SerializeToElement(metadata)));
    }

    /// <summary>Closes the session as failed, without anything that could be refused.</summary>
    public Task<SessionCompleted> CloseBareAsync(string error) => CompleteAsync(new CompleteSession(
        SessionStatus.Failed, Answer(), Metadata: JsonSerializer.SerializeToElement(new { runtime_error = Shortened(error) })));

    private Task<SessionCompleted> CompleteAsync(CompleteSession completion) =>
        patience.CallAsync(() => run.Session.CompleteAsync(completion), CancellationToken.None);

    private CompleteSession Completion(SessionReward? reward, string? error, JsonElement metadata) =>
        new(error is null ? SessionStatus.Succeeded : SessionStatus.Failed, Answer(), reward, request.Review, metadata);

    private string Answer() => Shortened(work.Answer ?? "", SessionLimits.TextLength);

    private static string Shortened(string text, int most = 10_000) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private RunOutcome Outcome()
    {
        var metadata = (JsonObject)run.Metadata.DeepClone();
        foreach (var (key, value) in RunMetadata.ForEnd(run, work, null))
        {
            metadata[key] = value?.DeepClone();
        }

        return new RunOutcome
        {
            SessionId = run.Session.SessionId,
            Task = run.Task,
            Answer = work.Answer ?? "",
            ExecutionMode = ModeRules.NameOf(work.Mode!.Mode)!,
            Plan = work.Plan!,
            Steps = [.. work.Steps.Select(step => step.ToRunStep())],
            Metadata = metadata,
        };
    }

    /// <summary>Tries to store the usage, which is worth keeping but not worth losing a session for.</summary>
    private async Task TryAsync(Func<Task> store)
    {
        try
        {
            await patience.CallAsync(
                async () =>
                {
                    await store().ConfigureAwait(false);
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (AtlasRefusedException refusal)
        {
            run.Warn($"The usage of the playbook's entries was refused: {refusal.Message}");
        }
    }
}
