using System.Text.Json;
using Xunit;

namespace Atlas.Packages.Tests.Packing;

/// <summary>Whether packages that the product is made of have holes that are known.</summary>
public sealed class AuditTests
{
    private const string Index = "VulnerabilityInfo";

    [Fact]
    public async Task No_package_has_a_hole_that_is_known()
    {
        var shell = new Shell(Repository.Root, new Dictionary<string, string?> { ["DOTNET_NOLOGO"] = "1" });
        var sources = (await shell.RunAsync("dotnet", "nuget", "list", "source", "--format", "short"))
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.StartsWith("E ", StringComparison.Ordinal)).Select(line => line[2..])
            .Where(source => source.StartsWith("http", StringComparison.Ordinal)).ToList();
        var audited = new List<string>();
        foreach (var source in sources)
        {
            if (await HasIndexAsync(source))
            {
                audited.Add(source);
            }
        }

        Assert.SkipWhen(audited.Count == 0, $"No package source has an index of known holes ({string.Join(", ", sources)}), so packages are not audited here.");

        var report = JsonElement.Parse(await shell.RunAsync(
            "dotnet", "package", "list", "--project", "silo/Atlas.Silo/Atlas.Silo.csproj", "--vulnerable", "--include-transitive", "--no-restore", "--format", "json"));
        Assert.DoesNotContain("advisoryurl", report.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<bool> HasIndexAsync(string source)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            return (await http.GetStringAsync(new Uri(source))).Contains(Index, StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
