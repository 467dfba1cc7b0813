using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Atlas.Configuration.Orchestration;
using Atlas.Configuration.Rewards;
using Atlas.Configuration.Schema;

namespace Atlas.Configuration.AdaptiveTeaching;

/// <summary>The block <c>adaptive_teaching</c>: how the amount of supervision is chosen.</summary>
public sealed record AdaptiveTeachingOptions
{
    /// <summary>False makes every session <c>paired</c>, unless <c>orchestration.forced_mode</c> says otherwise.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>True makes the first session of a learning key <c>paired</c>; false asks the probe for the first session, too.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CertifyFirstRun { get; init; } = true;

    /// <summary>The mode to use instead of asking the probe.</summary>
    /// <value>The default is none.</value>
    public SupervisionMode? ModeOverride { get; init; }

    /// <summary>Name of the registered adapter that writes the triage dossier.</summary>
    /// <value>The default is none: the built-in adapter.</value>
    public string? TriageAdapter { get; init; }

    /// <summary>Tags that every session gets in addition to its own.</summary>
    /// <value>The default is none.</value>
    [Tags]
    public ImmutableArray<string> DefaultTags { get; init; } = [];

    /// <summary>How many past sessions the history of a learning key covers.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 200)]
    public int LearningHistoryLimit { get; init; } = 10;

    /// <summary>The call that chooses the mode.</summary>
    public ProbeOptions Probe { get; init; } = new();

    /// <summary>Where a session's reward comes from.</summary>
    public RewardOptions Reward { get; init; } = new();
}
