using System.ComponentModel.DataAnnotations;

namespace Atlas.Models.Synthesis;

/// <summary>Which synthesizer distils playbooks, and how much evidence the offline one asks for.</summary>
public sealed record SynthesizerOptions
{
    /// <summary>Name of the provider.</summary>
    /// <value>The default is <c>offline</c>.</value>
    [Required(AllowEmptyStrings = false)]
    public string Provider { get; init; } = OfflineProvider;

    /// <summary>Sessions below which nothing is said.</summary>
    /// <value>The default is 12.</value>
    [Range(4, 200)]
    public int MinimumSessions { get; init; } = 12;

    /// <summary>Rewarded sessions, and unrewarded ones, below which nothing is said.</summary>
    /// <value>The default is 4.</value>
    [Range(2, 100)]
    public int MinimumPerSide { get; init; } = 4;

    /// <summary>Tasks (or sessions, where runs of one task are compared) that must show a trait, and that must lack it.</summary>
    /// <value>The default is 4.</value>
    [Range(2, 100)]
    public int MinimumSupport { get; init; } = 4;

    /// <summary>From which score, 0 to 1, a session counts as rewarded.</summary>
    /// <value>The default is 0.8, from which the reward history speaks of a high score.</value>
    [Range(0.01, 1d)]
    public double GoodScore { get; init; } = 0.8;

    /// <summary>Bound on the probability that one synthesis says anything if rewards have nothing to do with what was done.</summary>
    /// <value>The default is 0.05.</value>
    [Range(0.0001, 0.2)]
    public double FamilyWiseError { get; init; } = 0.05;

    /// <summary>The newest sessions that are compared; older ones are left out.</summary>
    /// <value>The default is 200.</value>
    [Range(4, 500)]
    public int MaximumSessions { get; init; } = 200;

    /// <summary>The provider that needs no language model.</summary>
    public const string OfflineProvider = "offline";
}
