using Atlas.Domain;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using System.Collections.Immutable;
using Atlas.Learning.Reports;
using Atlas.Learning.Rewards;
using Atlas.Reports.Documents;
using Atlas.Reports.Metrics;
using Atlas.Reports.Statistics;

namespace Atlas.Reports;

/// <summary>Builds a report of one key from its sessions, each seen once, in memory that does not grow with their events or texts: it keeps
/// figures, and one sum per different task.</summary>
public sealed class ReportBuilder
{
    /// <summary>The number of newest sessions in the built report.</summary>
    public const int LatestSessions = 10;

    private readonly string _learningKey;
    private readonly ReportSettings _settings;
    private readonly KeyFindings? _findings;
    private readonly JudgeReport? _judge;
    private readonly RewardWindows _windows;
    private readonly ModelBreakdown _models = new();
    private readonly UsageTotals _usage;
    private readonly EntryTotals _entries;
    private readonly CacheTotals _caches = new();
    private readonly Comparisons _comparisons;
    private readonly RewardSeries _series = new();
    private readonly VersionMarks _versions;
    private readonly SortedDictionary<string, long> _modes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _reviews = new(StringComparer.Ordinal);
    private readonly Queue<SessionSnapshot> _latest = new();
    private long _sessions;
    private long _recorded;

    /// <param name="learningKey">The key.</param>
    /// <param name="playbook">The playbook.</param>
    /// <param name="settings">Windows, confidence and the comparisons to make.</param>
    /// <param name="against">The other key's rewards, if the key is compared with another one; otherwise null.</param>
    public ReportBuilder(string learningKey, PlaybookFacts playbook, ReportSettings settings, ControlArm? against = null)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        ArgumentNullException.ThrowIfNull(playbook);
        ArgumentNullException.ThrowIfNull(settings);
        _learningKey = learningKey;
        _settings = settings;
        _findings = playbook.Findings;
        _judge = playbook.Judge;
        _windows = new RewardWindows(settings);
        _usage = new UsageTotals(settings);
        _entries = new EntryTotals(playbook.Playbook, settings);
        _versions = new VersionMarks(playbook.Versions);
        _comparisons = new Comparisons(settings, playbook.Versions.IsEmpty ? null : playbook.Versions[^1].Version, against?.Arm);
    }

    /// <summary>Adds the next session; sessions must be added in the order in which they began.</summary>
    /// <returns>The session as the report lists it.</returns>
    public SessionSnapshot Add(SessionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        _versions.Pass(facts.CreatedAt, _sessions);
        if (facts.Score is { } score)
        {
            _windows.Add(facts.TaskHash, score);
            _series.Add(_sessions, facts.CreatedAt, score);
        }

        _models.Add(facts);
        _usage.Add(facts);
        _entries.Add(facts);
        _caches.Add(facts);
        _comparisons.Add(facts);
        Count(_modes, facts.ExecutionMode);
        Count(_reviews, facts.ReviewStatus.ToWire());
        _sessions++;
        _recorded += facts.IsRecorded ? 1 : 0;

        var snapshot = SessionSnapshot.Of(facts);
        _latest.Enqueue(snapshot);
        if (_latest.Count > LatestSessions)
        {
            _latest.Dequeue();
        }

        return snapshot;
    }

    /// <summary>Builds the report of all added sessions.</summary>
    /// <param name="discoveries">The discovery runs that belong to them, newest first.</param>
    public LearningReport Build(ImmutableArray<DiscoveryReference> discoveries)
    {
        var recent = new ReportWindow("recent", _settings.RecentWindow);
        var baseline = new ReportWindow("baseline", _settings.BaselineWindow);
        return new LearningReport
        {
            LearningKey = _learningKey,
            Summary = _findings?.Summary ?? EffectWords.OfLearning(null, null),
            Findings = _findings,
            Judge = _judge,
            SessionCount = _sessions,
            Reward = _windows.Build(recent, baseline),
            RecentWindow = recent,
            BaselineWindow = baseline,
            ModelBreakdown = _models.Build(),
            AdaptiveModes = _modes.ToImmutableSortedDictionary(StringComparer.Ordinal),
            ReviewStatuses = _reviews.ToImmutableSortedDictionary(StringComparer.Ordinal),
            DiscoveryRuns = discoveries,
            Sessions = [.. _latest],
            PlaybookMetrics = _entries.Quality(),
            PlaybookLifecycleSummary = _entries.Lifecycle(),
            PlaybookImpact = _entries.Impact(),
            UsageMetrics = _usage.Usage(),
            Efficiency = _usage.Efficiency(),
            PlaybookVersions = _versions.Build(_sessions),
            Evidence = Evidence(_comparisons.Build(_windows.Compare(), isRandomised: _findings?.Learning is not null)),
            PromptCaches = _caches.Build(),
            RewardSeries = _series.Build(),
        };
    }

    private EvidenceFigures Evidence(ImmutableArray<RewardComparison> comparisons) => new(_settings.Confidence, comparisons, _recorded)
    {
        Advice = _findings is not null || comparisons.Any(comparison => comparison.Verdict is Verdict.Helps or Verdict.Hurts)
            ? null
            : "To find out whether the playbook helps, run the same tasks at the same time under a second key without a playbook, then `atlas report --key "
                + "KEY --against SECOND_KEY`.",
    };

    private static void Count(SortedDictionary<string, long> counts, string? name)
    {
        if (name is not null)
        {
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }
    }
}
