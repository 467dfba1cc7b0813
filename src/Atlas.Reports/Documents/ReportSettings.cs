using System.ComponentModel.DataAnnotations;

namespace Atlas.Reports.Documents;

/// <summary>The settings of a report.</summary>
public sealed record ReportSettings
{
    /// <summary>The number of rewards in the recent window.</summary>
    /// <value>The default is 5.</value>
    [Range(1, 1_000_000)]
    public int RecentWindow { get; init; } = 5;

    /// <summary>The number of rewards in the baseline, which ends where the recent window begins.</summary>
    /// <value>The default is 50.</value>
    [Range(1, 1_000_000)]
    public int BaselineWindow { get; init; } = 50;

    /// <summary>The confidence of every interval.</summary>
    /// <value>The default is 0.95.</value>
    [Range(0.5, 0.9999)]
    public double Confidence { get; init; } = 0.95;

    /// <summary>Whether both sides of every comparison ran the same tasks again, so that each task is compared with itself.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Paired { get; init; }

    /// <summary>Whether both sides are independent although they share tasks; otherwise tasks are compared with themselves if five or more
    /// ran on both sides.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Independent { get; init; }

    /// <summary>The time that separates before and after; null for no such comparison.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The name of the control arm; null for no such comparison.</summary>
    public string? ControlLabel { get; init; }

    /// <summary>The name of the treatment arm.</summary>
    /// <value>The default is <c>the others</c>.</value>
    public string TreatmentLabel { get; init; } = "the others";
}
