using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

/// <summary>No part of a password is shown, whichever way an address comes in and whatever is wrong with it.</summary>
public sealed class HostileAddressTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();

    public static TheoryData<string> Addresses { get; } =
    [
        "postgresql://u:12/hunter2@127.0.0.1:1/db",
        "postgresql://u:hunter2@hunter3@127.0.0.1:1/db",
        "postgresql://u:hunter2 hunter3@127.0.0.1:1/db",
        "postgresql://u:12?hunter2=3@127.0.0.1:1/db?nonsense=1",
        "postgresql://u:12#hunter2@127.0.0.1:port/db",
        "postgresql:///db?host=/no/such&user=u&password=hunter2 hunter3",
        "Host=127.0.0.1;Port=1;Username=u;Password=hunter2 hunter3&hunter4",
        "Host=127.0.0.1;Port=x;Username=u;Password='hunter2;hunter3'",
        "Password=hunter2;hunter3=4;Host=127.0.0.1",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task By_option_variable_and_configuration(string address)
    {
        Silent(await _workspace.CallAsync("up", "--detach", "--database", address));
        var file = await _workspace.WriteAsync("atlas.yaml", $"storage:\n  database_url: \"{address.Replace("\"", "\\\"", StringComparison.Ordinal)}\"\n");
        Silent(await _workspace.CallAsync("up", "--detach", "--config", file));
        Silent(await _workspace.CallAsync("config", "show", file), mayWork: true);
        Silent(await _workspace.CallAsync("config", "check", file), mayWork: true);
        _workspace.SetEnvironment("ATLAS_DATABASE_URL", address);
        Silent(await _workspace.CallAsync("up", "--detach"));
        Silent(await _workspace.CallAsync("session", "list"));
        Silent(await _workspace.CallAsync("doctor"));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static void Silent(CommandResult answer, bool mayWork = false)
    {
        Assert.True(mayWork || answer.ExitCode != 0, answer.Output);
        Assert.DoesNotContain("hunter", answer.Output + answer.Error, StringComparison.Ordinal);
    }
}
