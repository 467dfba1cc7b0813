namespace Atlas.Configuration.Rewards;

/// <summary>Where a session's reward comes from.</summary>
public enum RewardType
{
    /// <summary>The judges of the block <c>rim</c>.</summary>
    Rim,

    /// <summary>A judge registered by name; the value keeps the original's word.</summary>
    Python,

    /// <summary>A judge that is asked over HTTP.</summary>
    Http,
}
