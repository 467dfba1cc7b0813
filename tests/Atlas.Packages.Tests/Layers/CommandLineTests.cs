using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace Atlas.Packages.Tests.Layers;

/// <summary>What the compiled command line refers to: it shows read models, and knows neither SQL nor how a grain keeps its state.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly PEReader _file = new(File.OpenRead(
        Path.Combine(Repository.Root, "src", "Atlas.Cli", "bin", Repository.Configuration, "net10.0", "atlas.dll")));

    [Fact]
    public void It_does_not_speak_to_the_database()
    {
        var metadata = _file.GetMetadataReader();
        var assemblies = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToList();

        Assert.Contains("Atlas.Queries", assemblies);
        Assert.DoesNotContain(assemblies, name => name.StartsWith("Npgsql", StringComparison.Ordinal));
        Assert.DoesNotContain("Atlas.Grains", assemblies);
    }

    [Theory]
    [InlineData("LearningKeyState")]
    [InlineData("LearningKeyRecord")]
    [InlineData("ServedPlaybook")]
    [InlineData("KeyStateDocument")]
    public void It_does_not_know_the_state_of_a_grain(string type)
    {
        var metadata = _file.GetMetadataReader();

        Assert.DoesNotContain(
            type, metadata.TypeReferences.Select(handle => metadata.GetString(metadata.GetTypeReference(handle).Name)));
    }

    public void Dispose() => _file.Dispose();
}
