using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Learning.Usage;

namespace Atlas.Client.Chat;

/// <summary>The state that only a recorded session has.</summary>
internal sealed record ChatRecording(
    AtlasSession Session, EventQueue Events, SessionRecorder Recorder, UsageTracker Tracker, string Task, AtlasChatOptions Options)
{
    /// <summary>Why the session did not do what its arm asks for; null if it did, or is in none.</summary>
    public string? NotOfArm { get; set; }

    public async Task<SessionCompleted> CompleteAsync(CompleteSession completion, PromptPlaybook prompt, CancellationToken cancellationToken)
    {
        if (await Events.DrainAsync().WaitAsync(cancellationToken).ConfigureAwait(false) is > 0 and var waiting)
        {
            throw new AtlasUnavailableException($"{waiting} of its events could not be stored.");
        }

        Recorder.Close();
        Tracker.RecordOutcome(new UsageOutcome
        {
            RewardScore = completion.Reward?.Score,
            TokenUsage = Recorder.Tokens,
            TaskIdentifier = Task,
            Failed = completion.Status is SessionStatus.Failed,
        });
        if (Tracker.Snapshot() is { } usage)
        {
            await Session.RecordUsageAsync(usage, cancellationToken).ConfigureAwait(false);
        }

        if (NotOfArm is { } reason)
        {
            // The cluster ignores the review of a client without the permission for it. Without a reward, a success does not count either.
            var quarantined = completion.Review is { Status: ReviewStatus.Quarantined } own ? own : new ReviewDecision(ReviewStatus.Quarantined, "Atlas.Client", reason);
            completion = completion with { Reward = null, Review = quarantined };
        }

        return await Session.CompleteAsync(prompt.IsShortened ? WithShortened(completion, prompt) : completion, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds what was left out here: the cluster knows which playbook it returned, but not how it was shortened.</summary>
    private CompleteSession WithShortened(CompleteSession completion, PromptPlaybook prompt)
    {
        if (completion.Metadata is { ValueKind: not JsonValueKind.Object })
        {
            return completion; // The cluster says what is wrong with it.
        }

        var metadata = completion.Metadata is { } own ? JsonObject.Create(SafeJson.Clean(own))! : [];
        metadata["injected_playbook"] = new JsonObject
        {
            ["role"] = Options.Role,
            ["version"] = prompt.Version,
            ["digest"] = prompt.Sha256,
            ["max_tokens"] = Options.MaxPlaybookTokens,
            ["left_out"] = new JsonArray([.. prompt.LeftOut.Select(id => (JsonNode)JsonValue.Create(id))]),
            ["kept"] = prompt.Role?.PrefaceKept,
            ["mark"] = prompt.Role?.PrefaceMark,
        };
        return completion with { Metadata = JsonSerializer.SerializeToElement(metadata) };
    }
}
