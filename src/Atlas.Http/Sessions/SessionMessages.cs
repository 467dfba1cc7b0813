using System.Text.Json;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Atlas.Learning.Keys;

namespace Atlas.Http.Sessions;

/// <summary>Converts what callers send into what grains take.</summary>
internal static class SessionMessages
{
    private const int MaxExternalId = 512;

    /// <summary>The prefixes of the external ids that Atlas makes itself.</summary>
    private static readonly string[] OwnExternalIds = ["proxy:", "idempotent:", "mcp:"];

    public static StartSession Of(StartRequest request, Caller caller, string? operation)
    {
        if (string.IsNullOrWhiteSpace(request.Task))
        {
            throw Problem.InvalidRequest.With("A session needs a task: the text that the agent gets. It must not be blank.");
        }

        var metadata = Object(request.Metadata, "metadata");
        var key = request.LearningKey ?? LearningKeys.Derive(request.Agent ?? "agent", request.Task, request.Metadata);
        return new StartSession(
            request.Task, caller.Store(key), request.Agent, metadata, caller.StoreExternal(ExternalId(request.ExternalId, caller) ?? operation), request.LeaseSeconds)
        {
            PaidBy = caller.Purse,
            StartedBy = caller.Name,
            KeyPrefix = caller.StoredPrefix,
            ExceptKeyPrefix = caller.HiddenPrefix,
        };
    }

    public static StepRecord Of(StepRequest step) => new(
        step.StepId,
        step.Trace,
        step.Output,
        step.Evaluation is { } evaluation ? Read<StepEvaluation>(evaluation, "evaluation") : null,
        Object(step.Metadata, "metadata"),
        [.. (step.AttemptEvaluations ?? []).Select(attempt => attempt.ValueKind is JsonValueKind.Null ? null : Read<StepEvaluation>(attempt, "attempt_evaluations"))],
        [.. (step.Guidance ?? []).Select(note => note ?? throw Problem.InvalidRequest.With("The member 'guidance' must be a list of texts without null."))]);

    public static UsageSnapshot Of(UsageRequest request)
    {
        var (usage, none) = (Read<UsageSnapshot>(request.Usage, "usage"), new UsageSnapshot());

        // Null means that the member was left out.
        return usage with { Roles = usage.Roles ?? none.Roles, Session = usage.Session ?? none.Session, Detectors = usage.Detectors ?? none.Detectors };
    }

    public static CompleteSession Of(CompleteRequest request, Caller caller) => new(
        request.Status is SessionStatus.Running
            ? throw Problem.InvalidRequest.With("A session must end as 'succeeded' or 'failed', not as 'running'.")
            : request.Status,
        request.FinalAnswer,
        request.Reward is { } reward ? Of(reward) : null,
        request.Review is { } review && caller.May(Scopes.Review) ? Of(review, caller) with { OnlyWhile = null } : null,
        Object(request.Metadata, "metadata"),
        request.StudentNote,
        request.TeacherNote);

    public static SessionReward Of(RewardRequest reward, string within = "reward.")
    {
        Share(reward.Score, within + "score");
        Share(reward.Uncertainty ?? 0, within + "uncertainty");
        return reward.Reward();
    }

    public static ReviewDecision Of(ReviewRequest review, Caller caller) => new(review.Status, By(review.Reviewer, caller), review.Note) { OnlyWhile = review.OnlyWhile };

    /// <summary>Returns the author to record for a change: the caller, and with an API key also whom it speaks for.</summary>
    public static string By(string? named, Caller caller) => string.IsNullOrWhiteSpace(named)
        ? caller.Name
        : caller.KeyId is null ? named.Trim() : $"{named.Trim()} ({caller.Name})";

    /// <summary>Returns a JSON object; null for none.</summary>
    public static JsonElement? Object(JsonElement? value, string name) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.Object } element => element,
        { ValueKind: var kind } => throw Problem.InvalidRequest.With($"The member '{name}' must be a JSON object, not {(kind is JsonValueKind.Array ? "an" : "a")} {kind.ToString().ToLowerInvariant()}."),
    };

    public static JsonElement Demand(JsonElement value, string name) =>
        Object(value, name) ?? throw Problem.InvalidRequest.With($"The member '{name}' must be a JSON object, not null.");

    /// <summary>Deserializes a JSON object.</summary>
    public static T Read<T>(JsonElement value, string name)
    {
        try
        {
            return Demand(value, name).Deserialize<T>(AtlasJson.Options)!;
        }
        catch (JsonException wrong)
        {
            throw Problem.InvalidRequest.With($"The member '{name}' has the wrong form: {JsonFaults.Sentence(wrong, typeof(T))}");
        }
    }

    private static void Share(double value, string name)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw Problem.InvalidRequest.With(FormattableString.Invariant($"The member '{name}' must be a number from 0 to 1, not {value}."));
        }
    }

    private static string? ExternalId(string? id, Caller caller) => id switch
    {
        null => null,
        { Length: > MaxExternalId } => throw Problem.InvalidRequest.With(FormattableString.Invariant(
            $"The member 'external_id' can have at most {MaxExternalId} characters; this one has {id.Length}.")),
        _ when string.IsNullOrWhiteSpace(id) || id.Any(char.IsControl) =>
            throw Problem.InvalidRequest.With("The member 'external_id' must be a text without control characters, and not blank. If you have none, leave it out."),
        _ when OwnExternalIds.Append<string?>(caller.HiddenPrefix).FirstOrDefault(own => own is not null && id.StartsWith(own, StringComparison.Ordinal)) is { } reserved =>
            throw Problem.InvalidRequest.With($"The member 'external_id' must not begin with '{reserved}': Atlas makes such ids itself. Use another prefix."),
        _ => id,
    };
}
