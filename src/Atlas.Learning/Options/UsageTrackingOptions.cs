using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.usage_tracking</c>: whether cues, adoptions and tokens are counted.</summary>
public sealed record UsageTrackingOptions
{
    /// <summary>Whether cues, adoptions and tokens are counted.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether pieces of the matched text are stored with the session.</summary>
    public bool CaptureExamples { get; init; }

    /// <summary>Maximum number of pieces of text stored per entry and session.</summary>
    /// <value>The default is 2.</value>
    [Range(0, 20)]
    public int MaxExamplesPerEntry { get; init; } = 2;
}
