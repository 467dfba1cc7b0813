using System.ComponentModel.DataAnnotations;

namespace Atlas.Models.Synthesis;

/// <summary>Which synthesizer distills playbooks, and how much evidence the offline one requires.</summary>
public sealed record SynthesizerOptions
{
    /// <summary>Gets the name of the provider.</summary>
    /// <value>The default is <c>offline</c>.</value>
    [Required(AllowEmptyStrings = false)]
    public string Provider { get; init; } = OfflineProvider;

    /// <summary>Gets the number of sessions below which nothing is said.</summary>
    /// <value>The default is 12.</value>
    [Range(4, 200)]
    public int MinimumSessions { get; init; } = 12;

    /// <summary>Gets the number of rewarded sessions, and of unrewarded ones, below which nothing is said.</summary>
    /// <value>The default is 4.</value>
    [Range(2, 100)]
    public int MinimumPerSide { get; init; } = 4;

    /// <summary>Gets the number of tasks (or sessions, where runs of one task are compared) that must show a trait, and that must lack it.</summary>
    /// <value>The default is 4.</value>
    [Range(2, 100)]
    public int MinimumSupport { get; init; } = 4;

    /// <summary>Gets the score, from 0 to 1, from which a session counts as rewarded.</summary>
    /// <value>The default is 0.8, which is also a high score in the reward history.</value>
    [Range(0.01, 1d)]
    public double GoodScore { get; init; } = 0.8;

    /// <summary>Gets the bound on the probability that a synthesis says anything if rewards have nothing to do with what was done.</summary>
    /// <value>The default is 0.05.</value>
    [Range(0.0001, 0.2)]
    public double FamilyWiseError { get; init; } = 0.05;

    /// <summary>Gets how many of the newest sessions are compared; older ones are left out.</summary>
    /// <value>The default is 200.</value>
    [Range(4, 500)]
    public int MaximumSessions { get; init; } = 200;

    /// <summary>The provider that needs no language model.</summary>
    public const string OfflineProvider = "offline";
}
