using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Evidence;

/// <summary>The block <c>learning.evidence</c>: how entries, playbooks and versions are tried, and how much evidence a decision
/// needs.</summary>
public sealed record EvidenceOptions
{
    internal const double DefaultKappa = 4;

    /// <summary>False turns trials off: every session gets every entry, and nothing can be said about an entry's effect.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>Share of sessions from which an entry is withheld while it is on trial or suspect.</summary>
    /// <value>The default is 0.5.</value>
    [Range(0.01, 0.99)]
    public double ProvisionalShare { get; init; } = 0.5;

    /// <summary>Share of sessions from which an entry is withheld once it has been shown not to harm.</summary>
    /// <value>The default is 0.2.</value>
    [Range(0.01, 0.99)]
    public double ToleratedShare { get; init; } = 0.2;

    /// <summary>Share of sessions from which an entry is withheld once it has been shown to help.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0.01, 0.99)]
    public double ActiveShare { get; init; } = 0.1;

    /// <summary>E-value of harm from which an entry is suspect and withheld more often.</summary>
    /// <value>The default is 3.</value>
    [Range(1d, 1e6)]
    public double Suspect { get; init; } = 3;

    /// <summary>The probability that a harmless entry is ever withdrawn as harmful is at most one in this number. A version that a person
    /// has read is rolled back at an e-value of this size.</summary>
    /// <value>The default is 100.</value>
    [Range(2d, 1e9)]
    public double Withdraw { get; init; } = 100;

    /// <summary>E-value that proves help, no harm, or no use.</summary>
    /// <value>The default is 20.</value>
    [Range(2d, 1e9)]
    public double Prove { get; init; } = 20;

    /// <summary>Effect, in reward, below which help counts as no use and harm is tolerated.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0.01, 0.5)]
    public double Margin { get; init; } = 0.1;

    /// <summary>Share of sessions that get no playbook, so that the effect of learning can be measured; 0 for none.</summary>
    /// <value>The default is 0.1.</value>
    [Range(0d, 0.5)]
    public double HoldoutShare { get; init; } = 0.1;

    /// <summary>Share of sessions that get a new version while it is on trial against its parent.</summary>
    /// <value>The default is 0.5.</value>
    [Range(0.01, 0.99)]
    public double CanaryShare { get; init; } = 0.5;

    /// <summary>Number of sessions after which an undecided trial of a version ends in favor of its parent.</summary>
    /// <value>The default is 1500.</value>
    [Range(10, 1_000_000)]
    public int CanarySessions { get; init; } = 1500;

    /// <summary>How many sessions the key's mean counts for in the expected reward of a task.</summary>
    /// <value>The default is 4.</value>
    [Range(0.5, 100d)]
    public double Kappa { get; init; } = DefaultKappa;

    /// <summary>How many entries may vary from session to session at a time when the playbook comes before the prompt. With n of them there
    /// are 2^n different prefixes that a provider's cache must hold.</summary>
    /// <value>The default is 4.</value>
    [Range(1, 64)]
    public int MaxOnTrial { get; init; } = 4;

    /// <summary>Level at which the alarm over time is raised. Without a decline, at least about this many sessions pass until its first
    /// false alarm.</summary>
    /// <value>The default is 1000.</value>
    [Range(20d, 1e9)]
    public double AlarmLimit { get; init; } = 1000;

    /// <summary>Decline in reward that the alarm over time ignores.</summary>
    /// <value>The default is 0.05.</value>
    [Range(0d, 0.5)]
    public double AlarmSlack { get; init; } = 0.05;

    /// <summary>Number of sessions from which the alarm over time learns what is normal before it starts to watch.</summary>
    /// <value>The default is 100.</value>
    [Range(20, 10_000)]
    public int AlarmReference { get; init; } = 100;
}
