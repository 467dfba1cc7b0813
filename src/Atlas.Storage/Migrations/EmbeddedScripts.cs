using DbUp.Engine;

namespace Atlas.Storage.Migrations;

/// <summary>The numbered scripts embedded in this assembly, in order.</summary>
internal static class EmbeddedScripts
{
    public static IReadOnlyList<SqlScript> All { get; } = Load();

    private static SqlScript[] Load()
    {
        var assembly = typeof(EmbeddedScripts).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                using var reader = new StreamReader(stream);
                return new SqlScript(name, reader.ReadToEnd());
            })];
    }
}
