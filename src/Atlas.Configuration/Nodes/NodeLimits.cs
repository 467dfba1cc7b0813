namespace Atlas.Configuration.Nodes;

/// <summary>How large a configuration may be. Far above any real one; they keep a hostile file from eating the process.</summary>
internal static class NodeLimits
{
    public const int FileBytes = 1024 * 1024;

    public const int Depth = 32;

    public const int Values = 100_000;
}
