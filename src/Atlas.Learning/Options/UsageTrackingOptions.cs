using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.usage_tracking</c>: whether cues and adoptions are counted.</summary>
public sealed record UsageTrackingOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>Whether pieces of the matched text are kept with the session.</summary>
    public bool CaptureExamples { get; init; }

    [Range(0, 20)]
    public int MaxExamplesPerEntry { get; init; } = 2;
}
