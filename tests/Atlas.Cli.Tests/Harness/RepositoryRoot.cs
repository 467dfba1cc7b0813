namespace Atlas.Cli.Tests.Harness;

/// <summary>The source tree that these tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Workspace.Repository.Find(AppContext.BaseDirectory).Root;

    public static string Launcher => System.IO.Path.Combine(Path, "atlas");
}
