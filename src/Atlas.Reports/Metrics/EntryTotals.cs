using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Reports;
using Atlas.Learning.Synthesis;
using Atlas.Reports.Documents;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Metrics;

/// <summary>Quality, lifecycle and impact of the entries of the current playbook.</summary>
internal sealed class EntryTotals
{
    private readonly LearnedPlaybook _playbook;
    private readonly ReportSettings _settings;
    private readonly Dictionary<(string Role, string Id), Observed> _observed = [];

    public EntryTotals(LearnedPlaybook playbook, ReportSettings settings)
    {
        _playbook = playbook;
        _settings = settings;
        foreach (var entry in playbook.Entries.Where(entry => entry.Id is not null && entry.Impact is not null))
        {
            _observed[(entry.Role, entry.Id!)] = new Observed(Time(entry.Impact!.FirstObservedAt));
        }
    }

    public void Add(SessionFacts facts)
    {
        if (_observed.Count == 0 || facts.Usage is not { } usage)
        {
            return;
        }

        foreach (var ((role, id), seen) in _observed)
        {
            // Sessions from before the entry could not have it, so they do not count as sessions without it.
            var isHit = usage.Entries.Any(entry => entry.EntryId == id && string.Equals(entry.Role, role, StringComparison.OrdinalIgnoreCase));
            if (isHit || seen.Since is null || facts.CreatedAt >= seen.Since)
            {
                seen.Add(facts, isHit);
            }
        }
    }

    public EntryQuality? Quality()
    {
        if (!_playbook.Metadata.TryGetValue("playbook_summary", out var summary) || JsonRead.Unwrap(summary) is not { ValueKind: JsonValueKind.Object } value)
        {
            return null;
        }

        return new EntryQuality
        {
            TotalCandidates = (int)(JsonRead.Number(value, "total_candidates") ?? 0),
            Passed = (int)(JsonRead.Number(value, "passed") ?? 0),
            Failed = (int)(JsonRead.Number(value, "failed") ?? 0),
            PassRate = JsonRead.Number(value, "pass_rate") ?? 0,
            GateFailures = Numbers(value, "gate_failures").ToImmutableSortedDictionary(pair => pair.Key, pair => (int)pair.Value, StringComparer.Ordinal),
            AverageWeightedScore = JsonRead.Number(value, "average_weighted_score") ?? 0,
            Weights = Numbers(value, "weights").ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
    }

    public LifecycleSummary? Lifecycle()
    {
        var rejected = LatestFailure.Of(_playbook) is { } failure
            && JsonRead.TryGet(failure, "rejected_candidates", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.GetArrayLength()
            : 0;
        var summary = new LifecycleSummary(
            Count("reinforcement", EntryLifecycle.Active), Count("reinforcement", EntryLifecycle.Deprecated),
            Count("differentiation", EntryLifecycle.Active), Count("differentiation", EntryLifecycle.Deprecated), rejected);
        return summary == new LifecycleSummary(0, 0, 0, 0, 0) ? null : summary;
    }

    public ImmutableArray<EntryImpactFigures>? Impact()
    {
        var impacts = _playbook.Entries.Where(entry => entry.Impact is not null).Select(entry => Figures(entry, entry.Impact!))
            .OrderByDescending(entry => entry.ImpactScore ?? double.NegativeInfinity)
            .ThenByDescending(entry => entry.RewardDelta ?? double.NegativeInfinity)
            .ThenBy(entry => entry.EntryId, StringComparer.Ordinal)
            .ToImmutableArray();
        return impacts.IsEmpty ? null : impacts;
    }

    private EntryImpactFigures Figures(PlaybookEntry entry, EntryImpact impact)
    {
        var incidents = impact.IncidentIds.Distinct(StringComparer.Ordinal).Count();
        double? adoptionRate = impact.TotalCueHits > 0 ? (double)impact.SuccessfulAdoptions / impact.TotalCueHits : null;
        double? retries = impact.RetrySamples > 0 ? (double)impact.RetrySum / impact.RetrySamples : null;
        var seen = entry.Id is { } id ? _observed.GetValueOrDefault((entry.Role, id)) : null;
        return new EntryImpactFigures
        {
            EntryId = entry.Id,
            Audience = entry.Role,
            CuePattern = entry.Cue.Pattern,
            RuntimeHandle = entry.Action.RuntimeHandle,
            TotalCueHits = impact.TotalCueHits,
            AdoptionEvents = impact.TotalAdoptions,
            SuccessfulAdoptions = impact.SuccessfulAdoptions,
            AdoptionRate = adoptionRate,
            AverageRewardWith = Mean(impact.RewardWithSum, impact.RewardWithCount),
            AverageRewardWithout = Mean(impact.RewardWithoutSum, impact.RewardWithoutCount),
            RewardDelta = impact.RewardDelta,
            RewardDeltaInterval = seen?.Rewards(impact, _settings) ?? OfCounters(impact),
            AverageTokensWith = Mean(impact.TokensWithSum, impact.TokensWithCount),
            AverageTokensWithout = Mean(impact.TokensWithoutSum, impact.TokensWithoutCount),
            TokenDelta = Mean(impact.TokensWithSum, impact.TokensWithCount) - Mean(impact.TokensWithoutSum, impact.TokensWithoutCount),
            TokenDeltaInterval = seen?.Tokens(impact, _settings),
            UniqueIncidents = incidents,
            TransferSuccess = incidents > 1,
            TransferLevel = incidents switch { >= 10 => "universal", >= 5 => "workflow", >= 2 => "domain", _ => "task" },
            FailureAvoidance = retries is not null || impact.FailureEvents > 0
                ? new FailureAvoidance(retries, impact.RetrySamples, impact.FailureEvents, impact.FailedAdoptions)
                : null,
            ImpactScore = adoptionRate * impact.RewardDelta,
        };
    }

    // The counters only contain sums. The largest possible spread of rewards from 0 to 1 is known, so assume that.
    private Interval? OfCounters(EntryImpact impact) =>
        Mean(impact.RewardWithSum, impact.RewardWithCount) is { } with and >= 0 and <= 1
        && Mean(impact.RewardWithoutSum, impact.RewardWithoutCount) is { } without and >= 0 and <= 1
            ? DifferenceInterval.Newcombe(without, impact.RewardWithoutCount, with, impact.RewardWithCount, _settings.Confidence)
            : null;

    private int Count(string category, string lifecycle) => _playbook.Entries.Count(entry =>
        entry.Provenance?.Status is { } status
        && string.Equals(status.Category, category, StringComparison.OrdinalIgnoreCase)
        && string.Equals(status.Lifecycle, lifecycle, StringComparison.OrdinalIgnoreCase));

    private static double? Mean(double sum, long count) => count > 0 ? sum / count : null;

    private static IEnumerable<KeyValuePair<string, double>> Numbers(JsonElement value, string name) =>
        JsonRead.TryGet(value, name, out var member) && member.ValueKind == JsonValueKind.Object
            ? member.EnumerateObject().Select(item => KeyValuePair.Create(item.Name, JsonRead.Number(item.Value) ?? 0)).DistinctBy(pair => pair.Key)
            : [];

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private sealed class Observed(DateTimeOffset? since)
    {
        private readonly Arm _rewardWith = new();
        private readonly Arm _rewardWithout = new();
        private readonly Arm _tokensWith = new();
        private readonly Arm _tokensWithout = new();

        public DateTimeOffset? Since { get; } = since;

        public void Add(SessionFacts facts, bool isHit)
        {
            if (facts.Score is { } score)
            {
                (isHit ? _rewardWith : _rewardWithout).Add(facts.TaskHash, score);
            }

            if (facts.TotalTokens is { } tokens)
            {
                (isHit ? _tokensWith : _tokensWithout).Add(facts.TaskHash, tokens);
            }
        }

        // The difference comes from the counters. If the sessions are not the ones they counted, because some were filtered out or came
        // before a rollback, the interval would be that of another difference.
        public Interval? Rewards(EntryImpact impact, ReportSettings settings) =>
            _rewardWith.Moments.Count == impact.RewardWithCount && _rewardWithout.Moments.Count == impact.RewardWithoutCount
                ? DifferenceInterval.Of(_rewardWithout, _rewardWith, settings.Confidence, settings.Paired)
                : null;

        public Interval? Tokens(EntryImpact impact, ReportSettings settings) =>
            _tokensWith.Moments.Count == impact.TokensWithCount && _tokensWithout.Moments.Count == impact.TokensWithoutCount
                ? DifferenceInterval.Of(_tokensWithout, _tokensWith, settings.Confidence, settings.Paired)
                : null;
    }
}
