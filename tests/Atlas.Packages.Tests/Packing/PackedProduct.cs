using System.Xml.Linq;
using Xunit;

namespace Atlas.Packages.Tests.Packing;

/// <summary>Every package, made of what the build left, and an empty folder in which <c>dotnet</c> finds what is ours among them
/// alone: its global packages folder is new, and what others made comes from where this machine has it.</summary>
[CollectionDefinition(Name)]
public sealed class PackedProduct : IAsyncLifetime, ICollectionFixture<PackedProduct>
{
    /// <summary>The tests that share it.</summary>
    public const string Name = "packed product";

    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-packages-").FullName;
    private readonly string _others;

    public PackedProduct()
    {
        Feed = Path.Combine(_folder, "feed");
        _others = Path.Combine(_folder, "others");
        Shell = new Shell(_folder, new Dictionary<string, string?>
        {
            ["DOTNET_CLI_HOME"] = Path.Combine(_folder, "home"),
            ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages"),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
            ["DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK"] = "1",
            // No process stays behind that was started to help with a build.
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
            ["ATLAS_DATABASE_URL"] = null,
            ["ATLAS_HOME"] = null,
            ["ATLAS_CONFIG"] = null,
            ["ASPNETCORE_URLS"] = null,
        }).In("work");
    }

    /// <summary>The folder that has the packages, and nothing else.</summary>
    public string Feed { get; }

    /// <summary>The version that all of them have.</summary>
    public static string Version { get; } =
        XElement.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("VersionPrefix").Single().Value;

    internal Shell Shell { get; }

    /// <summary>The packages, by name.</summary>
    internal IReadOnlyDictionary<string, PackageFile> Packages { get; private set; } = new Dictionary<string, PackageFile>();

    public async ValueTask InitializeAsync()
    {
        var machine = new Shell(Repository.Root, new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_NOLOGO"] = "1" });
        await machine.RunAsync(
            "dotnet", "pack", "eng/Packages.proj", "--no-build", "-c", Repository.Configuration, "-o", Feed, "-nologo", "-v", "quiet");
        Packages = Directory.EnumerateFiles(Feed, "*.nupkg").Select(PackageFile.Read).ToDictionary(package => package.Id, StringComparer.Ordinal);

        LinkOthers(await machine.RunAsync("dotnet", "nuget", "locals", "global-packages", "--list"));
        await Shell.WriteAsync("nuget.config", Configuration(await machine.RunAsync("dotnet", "nuget", "list", "source", "--format", "short")));
        await Shell.RunAsync("dotnet", "new", "install", Path.Combine(Feed, $"Atlas.Grains.Templates.{Version}.nupkg"));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes links to the packages that this machine has, without ours: NuGet takes a package from there as it is.</summary>
    private void LinkOthers(string locals)
    {
        Directory.CreateDirectory(_others);
        var have = locals[(locals.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        foreach (var package in Directory.EnumerateDirectories(have).Where(path => !Path.GetFileName(path).StartsWith("atlas.grains", StringComparison.Ordinal)))
        {
            Directory.CreateSymbolicLink(Path.Combine(_others, Path.GetFileName(package)), package);
        }
    }

    private string Configuration(string sources)
    {
        // E https://… is one that is enabled.
        var others = sources.Split('\n').Where(line => line.StartsWith("E ", StringComparison.Ordinal)).Select(line => line[2..].Trim()).ToList();
        return new XElement("configuration",
            new XElement("packageSources",
                new XElement("clear"),
                new XElement("add", new XAttribute("key", "ours"), new XAttribute("value", Feed)),
                others.Select((source, number) => new XElement("add", new XAttribute("key", $"other{number}"), new XAttribute("value", source)))),
            new XElement("packageSourceMapping",
                new XElement("packageSource", new XAttribute("key", "ours"), new XElement("package", new XAttribute("pattern", "Atlas.Grains*"))),
                others.Select((_, number) => new XElement("packageSource", new XAttribute("key", $"other{number}"),
                    new XElement("package", new XAttribute("pattern", "*"))))),
            new XElement("fallbackPackageFolders",
                new XElement("clear"),
                new XElement("add", new XAttribute("key", "others"), new XAttribute("value", _others)))).ToString();
    }
}
