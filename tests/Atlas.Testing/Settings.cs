namespace Atlas.Testing;

/// <summary>Settings of PostgreSQL for tests.</summary>
public static class Settings
{
    /// <summary>Fast and not safe against a power cut, for tests that are not about durability.</summary>
    public static IReadOnlyDictionary<string, string> NotDurable { get; } = new Dictionary<string, string>
    {
        ["fsync"] = "off",
        ["synchronous_commit"] = "off",
        ["full_page_writes"] = "off",
        ["shared_buffers"] = "64MB",
        ["max_connections"] = "300",
        ["max_wal_size"] = "512MB",
    };
}
