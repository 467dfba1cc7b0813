namespace Atlas.Models.Providers.Offline;

/// <summary>Tells whether scripted answers replace all models.</summary>
internal static class OfflineMode
{
    private static readonly string[] Off = ["", "0", "false"];

    /// <summary>Returns true if <c>ATLAS_OFFLINE_MODE</c>, or else <c>ATLAS_FAKE_LLM</c>, is set to anything but 0 or false.</summary>
    public static bool IsOn(Func<string, string?> readVariable)
    {
        var value = readVariable("ATLAS_OFFLINE_MODE") ?? readVariable("ATLAS_FAKE_LLM");
        return value is not null && !Off.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase);
    }
}
