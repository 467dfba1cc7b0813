namespace Atlas.Discovery.Tests;

/// <summary>Projects to look through.</summary>
internal static class Places
{
    public static string ShopDesk => Path.Combine(AppContext.BaseDirectory, "Fixtures", "ShopDesk");

    public static string LedgerBot => Path.Combine(AppContext.BaseDirectory, "Fixtures", "LedgerBot");

    /// <summary>The repository that these tests belong to.</summary>
    public static string Repository { get; } = Above(AppContext.BaseDirectory);

    public static DiscoveredProject Discover(string root) =>
        ProjectDiscovery.Run(new DiscoveryRequest { Root = root, Now = new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.Zero), Task = "Refund order 1042" });

    private static string Above(string folder) => File.Exists(Path.Combine(folder, "Atlas.Grains.slnx"))
        ? folder
        : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests do not run within the repository."));
}
