namespace Atlas.Cli.Testing;

/// <summary>A test project.</summary>
/// <param name="Name">Its name in <c>atlas test</c>: <c>learning</c> for Atlas.Learning.Tests.</param>
/// <param name="ProjectFile">The path of the project's file.</param>
/// <param name="Assembly">The assembly that the build produces.</param>
internal sealed record TestSuite(string Name, string ProjectFile, string Assembly)
{
    private const string Prefix = "Atlas.";
    private const string Suffix = ".Tests";

    /// <summary>Finds all test projects below a folder, in alphabetical order.</summary>
    public static IReadOnlyList<TestSuite> Find(string folder, string configuration) =>
        [.. Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("\"xunit.v3\"", StringComparison.Ordinal))
            .Select(project => From(project, configuration))
            .OrderBy(suite => suite.Name, StringComparer.Ordinal)];

    private static TestSuite From(string projectFile, string configuration)
    {
        var project = Path.GetFileNameWithoutExtension(projectFile);
        var name = project.StartsWith(Prefix, StringComparison.Ordinal) ? project[Prefix.Length..] : project;
        name = name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
        var assembly = Path.Combine(
            Path.GetDirectoryName(projectFile)!, "bin", configuration, "net10.0", project + ".dll");
        return new TestSuite(name.ToLowerInvariant(), projectFile, assembly);
    }
}
