using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Domain.Usage;
using Atlas.Learning.Usage;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;
using Atlas.Runtime.Triage;

namespace Atlas.Runtime.Flow;

/// <summary>Tells the usage tracker how the session ended.</summary>
internal static class UsageReport
{
    public static UsageOutcome Of(RunContext run, RunWork work, double? score, bool failed)
    {
        var own = TriageValues.Text(run.Metadata["incident_id"]);
        var known = work.Dossier?.Metadata is { } facts ? TriageValues.FirstText(facts, "incident_id", "case_id", "ticket_id") : null;
        var incident = own ?? known ?? work.Dossier?.FingerprintHint;
        var tags = TriageValues.Texts(run.Metadata["incident_tags"]);
        if (tags.IsEmpty && own is null)
        {
            tags = work.Dossier?.Tags ?? [];
        }

        ImmutableArray<FailureEvent> failures =
            [.. work.Steps.Where(step => step.Status is "failed" or "error").Select(step => new FailureEvent(step.Step.Id, EventOf(step)))];
        return new UsageOutcome
        {
            RewardScore = score,
            TokenUsage = TokensOf(run),
            IncidentId = incident,
            TaskIdentifier = own is null ? work.Dossier?.Summary ?? run.Task : run.Task,
            IncidentTags = tags,
            RetryCount = work.Steps.Sum(step => Math.Max(0, step.Attempts - 1)),
            Failed = failed || failures.Length > 0,
            FailureEvents = failures,
        };
    }

    private static string EventOf(Steps.StepResult step) => step.Status is "error" ? "error" : "validation_failed";

    private static Dictionary<string, double>? TokensOf(RunContext run) =>
        run.Usage.ByRole.TryGetValue(Actors.Student, out var usage)
            ? new(StringComparer.Ordinal)
            {
                ["prompt_tokens"] = usage.PromptTokens,
                ["completion_tokens"] = usage.CompletionTokens,
                ["total_tokens"] = usage.TotalTokens,
                ["calls"] = usage.Calls,
            }
            : null;
}
