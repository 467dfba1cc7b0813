using System.Text.RegularExpressions;
using Xunit;

namespace Atlas.Packages.Tests.Layers;

/// <summary>What can be seen of the sources: no circle between the folders of the larger projects, and no long file.</summary>
public sealed partial class FolderTests
{
    private const int LongestFile = 12 * 1024;

    /// <summary>The folders of a project stand on each other, so that each can be read, and changed, without those above it. What a
    /// project shows to others is in its root, which every folder may use.</summary>
    [Theory]
    [InlineData("grains/Atlas.Grains")]
    [InlineData("src/Atlas.Runtime")]
    public void No_folder_uses_one_that_uses_it(string project)
    {
        var name = Path.GetFileName(project);
        var uses = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var file in Sources(Path.Combine(Repository.Root, project)))
        {
            var text = File.ReadAllText(file);
            if (FolderOf(name, Namespace().Match(text).Groups[1].Value) is { } folder)
            {
                var used = uses.TryGetValue(folder, out var known) ? known : uses[folder] = new(StringComparer.Ordinal);
                used.UnionWith(Mentioned(name, text).Where(other => other != folder));
            }
        }

        Assert.NotEmpty(uses);
        while (uses.FirstOrDefault(folder => !folder.Value.Overlaps(uses.Keys)) is { Key: { } free })
        {
            uses.Remove(free);
        }

        Assert.True(uses.Count == 0, $"These folders of {project} use each other in a circle: " + string.Join(
            "; ", uses.Select(folder => $"{folder.Key} uses {string.Join(", ", folder.Value.Where(uses.ContainsKey).Order(StringComparer.Ordinal))}")));
    }

    [Fact]
    public void No_source_file_is_longer_than_twelve_kilobytes() => Assert.Empty(
        new[] { "src", "grains", "silo", "tests", "benchmarks", "samples", "templates" }
            .SelectMany(folder => Sources(Path.Combine(Repository.Root, folder)))
            .Where(file => new FileInfo(file).Length > LongestFile)
            .Select(file => $"{Path.GetRelativePath(Repository.Root, file)}: {new FileInfo(file).Length} bytes. Split it by subject."));

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static IEnumerable<string> Mentioned(string project, string text) =>
        Regex.Matches(text, $@"^using (?:static |\w+ = )?({Regex.Escape(project)}(?:\.\w+)+)", RegexOptions.Multiline)
            .Select(match => FolderOf(project, match.Groups[1].Value))
            .OfType<string>();

    private static string? FolderOf(string project, string space) =>
        space.StartsWith(project + ".", StringComparison.Ordinal) ? space[(project.Length + 1)..].Split('.')[0] : null;

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
