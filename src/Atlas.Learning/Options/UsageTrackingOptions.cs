using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.usage_tracking</c>: whether cues and adoptions are counted.</summary>
public sealed record UsageTrackingOptions
{
    /// <summary>Whether cues and adoptions are counted.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether pieces of the matched text are kept with the session.</summary>
    public bool CaptureExamples { get; init; }

    /// <summary>Most pieces of text kept for one entry and session.</summary>
    /// <value>The default is 2.</value>
    [Range(0, 20)]
    public int MaxExamplesPerEntry { get; init; } = 2;
}
