using Atlas.Learning.Economics;
using Atlas.Learning.Journal;
using Atlas.Learning.Rewards;
using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Reports.Documents;

/// <summary>The report on one learning key. On disk it is <c>&lt;slug&gt;_summary.json</c>.</summary>
public sealed record LearningReport
{
    public required string LearningKey { get; init; }

    /// <summary>A sentence that says whether learning helps this key, by how much, with which bounds and from how many randomised sessions;
    /// or how many more sessions would be needed.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What trials have found about learning, the version on trial and each entry; null if nothing was tried.</summary>
    public KeyFindings? Findings { get; init; }

    /// <summary>The number of sessions in the report, rewarded or not.</summary>
    public long SessionCount { get; init; }

    public required RewardMomentum Reward { get; init; }

    public required ReportWindow RecentWindow { get; init; }

    public required ReportWindow BaselineWindow { get; init; }

    /// <summary>The figures by role, then model.</summary>
    public ImmutableArray<ModelFigures> ModelBreakdown { get; init; } = [];

    /// <summary>The number of sessions by mode.</summary>
    public ImmutableSortedDictionary<string, long> AdaptiveModes { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>The number of sessions by review status.</summary>
    public ImmutableSortedDictionary<string, long> ReviewStatuses { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>The discovery runs, newest first.</summary>
    public ImmutableArray<DiscoveryReference> DiscoveryRuns { get; init; } = [];

    /// <summary>The newest sessions, oldest first. A file has all of them, unless only a summary was requested.</summary>
    public ImmutableArray<SessionSnapshot> Sessions { get; init; } = [];

    public EntryQuality? PlaybookMetrics { get; init; }

    public LifecycleSummary? PlaybookLifecycleSummary { get; init; }

    /// <summary>The observed entries, largest effect first; null if there are none.</summary>
    public ImmutableArray<EntryImpactFigures>? PlaybookImpact { get; init; }

    public UsageMetrics? UsageMetrics { get; init; }

    public EfficiencyFigures? Efficiency { get; init; }

    /// <summary>Versions of the playbook, oldest first.</summary>
    public ImmutableArray<VersionMark> PlaybookVersions { get; init; } = [];

    public required EvidenceFigures Evidence { get; init; }

    /// <summary>What is known about the judge; null if it was asked about no past session again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JudgeReport? Judge { get; init; }

    /// <summary>The share of input through the proxy that was read from the providers' prompt caches, by version, and with or without it in
    /// the prompts. Empty if no sessions used the proxy.</summary>
    public ImmutableArray<CacheShare> PromptCaches { get; init; } = [];

    /// <summary>The comparison with an earlier run; null if none was requested or that run does not have the key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunComparison? Comparison { get; init; }

    /// <summary>The series for the chart; not part of the document.</summary>
    [JsonIgnore]
    public ImmutableArray<RewardPoint> RewardSeries { get; init; } = [];
}
