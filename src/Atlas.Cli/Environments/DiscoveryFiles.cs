using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Cli.Workspace;
using Atlas.Learning.Text;

namespace Atlas.Cli.Environments;

/// <summary>The files that <c>atlas env init</c> writes to a project.</summary>
internal sealed class DiscoveryFiles(string project)
{
    public const string ConfigurationName = "generated_config.yaml";
    private const string DocumentName = "discover.json";
    private const string MarkerName = ".validated";

    private readonly string _folder = Path.Combine(Path.GetFullPath(project), ".atlas");

    /// <summary>Gets a file of an earlier run; null if there is none.</summary>
    public string? Existing => new[] { DocumentName, ConfigurationName }.Select(name => Path.Combine(_folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Writes the files, and returns their paths.</summary>
    /// <param name="document">The content of <c>discover.json</c>.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="isValid">Whether every check passed; if not, the marker of an earlier run is removed.</param>
    /// <param name="now">The time for the marker.</param>
    public ImmutableArray<string> Write(JsonObject document, string configuration, bool isValid, DateTimeOffset now)
    {
        var (documentFile, configurationFile, marker) =
            (Path.Combine(_folder, DocumentName), Path.Combine(_folder, ConfigurationName), Path.Combine(_folder, MarkerName));
        JsonFile.Write(documentFile, document);
        var fresh = configurationFile + ".new";
        File.WriteAllText(fresh, configuration);
        File.Move(fresh, configurationFile, overwrite: true);
        if (!isValid)
        {
            File.Delete(marker);
            return [documentFile, configurationFile];
        }

        JsonFile.Write(marker, new JsonObject { ["validated_at"] = AtlasTime.Iso(now) });
        return [documentFile, configurationFile, marker];
    }
}
