using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Atlas.Cli.Workspace;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cli.Tests.Up;

public sealed class ManySilosTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TestWorkspace _workspace = new();

    [Fact]
    public async Task Silos_are_added_replaced_restarted_and_stopped_one_by_one()
    {
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        var first = (await SilosAsync()).Single();

        // One runs, so two are added, each with ports of its own.
        var up = (await _workspace.UpAsync("--silos", "3")).Expect(ExitCode.Ok);
        Assert.Contains("Added silo-2, silo-3", up.Output, StringComparison.Ordinal);
        var three = await SilosAsync();
        Assert.Equal(["silo-1", "silo-2", "silo-3"], three.Select(Name));
        Assert.Equal(Pid(first), Pid(three[0]));
        Assert.All(three, silo => Assert.Equal("healthy", silo.GetProperty("health").GetString()));
        Assert.Equal(9, three.SelectMany(Ports).Distinct().Count());
        Assert.Equal(3, three.Select(silo => silo.GetProperty("log").GetString()).Distinct().Count());
        await Eventually.TrueAsync(async () => (await SilosAsync()).All(Sees("3 active silos")), Patience, "three silos that know each other");
        (await _workspace.RunAsync("doctor")).Expect(ExitCode.Ok);

        // Enough run already.
        Assert.Contains("already running", (await _workspace.UpAsync("--silos", "2")).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);

        // One that died is told of, and replaced where it was.
        Shell.Signal("KILL", Pid(three[1]));
        await Eventually.TrueAsync(
            async () => (await SilosAsync())[1].GetProperty("health").GetString() == "stopped", Patience, "a stopped silo");
        Assert.Contains("silo-2 died", (await _workspace.RunAsync("doctor")).Expect(ExitCode.Failed).Output, StringComparison.Ordinal);
        (await _workspace.UpAsync("--silos", "3")).Expect(ExitCode.Ok);
        var again = await SilosAsync();
        Assert.Equal(Ports(three[1]), Ports(again[1]));
        Assert.NotEqual(Pid(three[1]), Pid(again[1]));

        // One is stopped; the name that is free is given to the next.
        Assert.Contains("silo-2", (await _workspace.RunAsync("down", "--silo", "silo-2")).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
        Assert.Null(ProcessIdentity.Of(Pid(again[1])));
        Assert.Equal(["silo-1", "silo-3"], (await SilosAsync()).Select(Name));
        (await _workspace.RunAsync("down", "--silo", "silo-9")).ExpectSentence(ExitCode.NotFound, "silo-1, silo-3");

        var before = (await SilosAsync()).Select(Pid).ToList();
        (await _workspace.RunAsync("restart")).Expect(ExitCode.Ok);
        var after = await SilosAsync();
        Assert.Equal(["silo-1", "silo-3"], after.Select(Name));
        Assert.Empty(before.Intersect(after.Select(Pid)));
        Assert.All(after, silo => Assert.Equal("healthy", silo.GetProperty("health").GetString()));

        (await _workspace.RunAsync("down")).Expect(ExitCode.Ok);
        Assert.All(after, silo => Assert.Null(ProcessIdentity.Of(Pid(silo))));
        (await _workspace.RunAsync("restart")).ExpectSentence(ExitCode.NotRunning, "atlas up");
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task<List<JsonElement>> SilosAsync() =>
        [.. (await _workspace.RunAsync("status", "--json")).Json().GetProperty("silos").EnumerateArray()];

    private static string? Name(JsonElement silo) => silo.GetProperty("name").GetString();

    private static int Pid(JsonElement silo) => silo.GetProperty("pid").GetInt32();

    private static int[] Ports(JsonElement silo) =>
        [.. new[] { "http_port", "silo_port", "gateway_port" }.Select(port => silo.GetProperty(port).GetInt32())];

    private static Func<JsonElement, bool> Sees(string members) =>
        silo => silo.GetProperty("health_detail").GetRawText().Contains(members, StringComparison.Ordinal);
}
