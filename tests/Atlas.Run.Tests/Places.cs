using System.Reflection;
using System.Runtime.CompilerServices;
using Atlas.OrderDesk;

namespace Atlas.Run.Tests;

/// <summary>Where things are that the tests start.</summary>
internal static class Places
{
    public static string Repository => Path.GetFullPath(Metadata("Repository"));

    /// <summary>The program of the command line.</summary>
    public static string Atlas => Path.GetFullPath(Metadata("Atlas"));

    [ModuleInitializer]
    internal static void SetKey() => Environment.SetEnvironmentVariable(DeskConfiguration.KeyVariable, "desk");

    private static string Metadata(string key) => typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
