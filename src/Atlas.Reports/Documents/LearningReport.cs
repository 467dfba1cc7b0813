using Atlas.Learning.Journal;
using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Reports.Documents;

/// <summary>What a report says of one learning key. On disk it is <c>&lt;slug&gt;_summary.json</c>.</summary>
public sealed record LearningReport
{
    public required string LearningKey { get; init; }

    /// <summary>In plain words: whether learning helps this key, by how much, between which bounds and from how many randomised sessions; or how
    /// many are missing until that could be seen.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What was found by withholding at random, of learning, of the version on trial and of each entry; null where nothing was tried.</summary>
    public KeyFindings? Findings { get; init; }

    /// <summary>Sessions that were looked at, rewarded or not.</summary>
    public long SessionCount { get; init; }

    public required RewardMomentum Reward { get; init; }

    public required ReportWindow RecentWindow { get; init; }

    public required ReportWindow BaselineWindow { get; init; }

    /// <summary>By role, then model.</summary>
    public ImmutableArray<ModelFigures> ModelBreakdown { get; init; } = [];

    /// <summary>By mode: how many sessions.</summary>
    public ImmutableSortedDictionary<string, long> AdaptiveModes { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>By review status: how many sessions.</summary>
    public ImmutableSortedDictionary<string, long> ReviewStatuses { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>The newest first.</summary>
    public ImmutableArray<DiscoveryReference> DiscoveryRuns { get; init; } = [];

    /// <summary>The newest sessions, the oldest of them first. A file has all, unless only a summary was asked for.</summary>
    public ImmutableArray<SessionSnapshot> Sessions { get; init; } = [];

    public EntryQuality? PlaybookMetrics { get; init; }

    public LifecycleSummary? PlaybookLifecycleSummary { get; init; }

    /// <summary>The entries that were observed, those with the largest effect first; null if there are none.</summary>
    public ImmutableArray<EntryImpactFigures>? PlaybookImpact { get; init; }

    public UsageMetrics? UsageMetrics { get; init; }

    public EfficiencyFigures? Efficiency { get; init; }

    /// <summary>Versions of the playbook, the oldest first.</summary>
    public ImmutableArray<VersionMark> PlaybookVersions { get; init; } = [];

    public required EvidenceFigures Evidence { get; init; }

    /// <summary>Against an earlier run; null if it was not asked for or that run does not have the key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunComparison? Comparison { get; init; }

    /// <summary>For the chart; not part of the document.</summary>
    [JsonIgnore]
    public ImmutableArray<RewardPoint> RewardSeries { get; init; } = [];
}
