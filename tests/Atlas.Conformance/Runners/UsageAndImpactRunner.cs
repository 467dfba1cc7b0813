using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Usage;
using Atlas.Learning.Impact;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Usage;

namespace Atlas.Conformance.Runners;

internal sealed class UsageAndImpactRunner : VectorRunner
{
    public override string File => "usage_and_impact";

    public override IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings)
    {
        var input = vector.GetProperty("input");
        var entries = LearningStateJson.ReadEntries(input.GetProperty("entries"));
        var options = Read<UsageTrackingOptions>(input, "usage_tracking");
        var number = 0;
        foreach (var session in vector.GetProperty("sessions").EnumerateArray())
        {
            number++;
            var tracker = new UsageTracker(options, settings.Rules);
            tracker.Register(CueDetectorSet.For(entries, null, settings.Rules));
            var differences = session.GetProperty("calls").EnumerateArray().SelectMany(call => Call(tracker, call)).ToList();
            var end = session.GetProperty("outcome");
            tracker.RecordOutcome(OutcomeOf(end));
            var usage = tracker.Snapshot()!.ToJson();
            differences.AddRange(JsonComparison.Differences(session.GetProperty("expected_usage"), usage));
            var outcome = UsageJson.Complete(new SessionOutcome { SessionId = number, Score = Optional(end, "reward_score")?.GetDouble() }, usage);
            entries = ImpactMerge.Apply(entries, outcome, DateTimeOffset.UnixEpoch.AddDays(number), new ImpactOptions { Rules = settings.Rules });
            differences.AddRange(Compare(session.GetProperty("expected_entries"), entries));
            foreach (var difference in differences)
            {
                yield return $"session {number}: {difference}";
            }
        }
    }

    private static IEnumerable<string> Call(UsageTracker tracker, JsonElement call)
    {
        var arguments = call.GetProperty("args");
        var role = arguments.GetProperty("role").GetString()!;
        var step = Optional(arguments, "step_id")?.GetInt32();
        switch (call.GetProperty("call").GetString())
        {
            case "detect_and_record":
                return Compare(call.GetProperty("returns"), tracker.Detect(role, Optional(arguments, "text")?.GetString(), step, Optional(arguments, "hint")?.GetString()));
            case "record_action_adoption":
                tracker.RecordAdoption(role, Optional(arguments, "runtime_handle")?.GetString(), arguments.GetProperty("success").GetBoolean(), step);
                return [];
            case var unknown:
                return [$"the call '{unknown}' is not known to the suite"];
        }
    }

    private static UsageOutcome OutcomeOf(JsonElement outcome)
    {
        var failures = Optional(outcome, "failure_events") is { } events
            ? events.EnumerateArray()
                .Select(item => new FailureEvent(Optional(item, "step_id")?.GetInt32(), Optional(item, "status")?.GetString()))
                .ToImmutableArray()
            : [];
        return new UsageOutcome
        {
            RewardScore = Optional(outcome, "reward_score")?.GetDouble(),
            TokenUsage = Optional(outcome, "token_usage")?.EnumerateObject().ToDictionary(tokens => tokens.Name, tokens => tokens.Value.GetDouble()),
            IncidentId = Optional(outcome, "incident_id")?.GetString(),
            IncidentTags = [.. Texts(outcome, "incident_tags")],
            RetryCount = Optional(outcome, "retry_count")?.GetInt64(),
            Failed = failures.Length > 0,
            FailureEvents = failures,
        };
    }
}
