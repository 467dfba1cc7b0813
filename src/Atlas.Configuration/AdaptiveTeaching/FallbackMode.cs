namespace Atlas.Configuration.AdaptiveTeaching;

/// <summary>The mode when the probe gives no usable answer.</summary>
public enum FallbackMode
{
    /// <summary>The teacher reviews the plan and validates.</summary>
    Paired,

    /// <summary>The teacher guides each step.</summary>
    Coach,
}
