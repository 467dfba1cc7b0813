using System.Diagnostics;
using System.Reflection;
using Atlas.Grains.Tests.Cluster;
using Xunit;

namespace Atlas.Grains.Tests.Sessions;

public sealed class SampleTests
{
    private static readonly string Program = typeof(SampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == "FirstSession").Value!;

    [Fact]
    public async Task The_first_session_sample_runs_as_a_process_of_its_own()
    {
        await using var cluster = await TestCluster.StartAsync();
        using var sample = Process.Start(new ProcessStartInfo("dotnet", [Program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ATLAS_DATABASE_URL"] = cluster.Database.Address },
        })!;

        var complaints = sample.StandardError.ReadToEndAsync();
        var said = await sample.StandardOutput.ReadToEndAsync();
        await sample.WaitForExitAsync();

        Assert.True(sample.ExitCode == 0, $"The sample ended with {sample.ExitCode}: {await complaints}");
        Assert.Contains("succeeded, review approved, learning applied", said, StringComparison.Ordinal);
        Assert.Equal(1, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE stored_learning_key = 'sample/refunds'"));
    }
}
