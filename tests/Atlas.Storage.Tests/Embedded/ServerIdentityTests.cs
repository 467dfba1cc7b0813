using Atlas.Postgres;
using Xunit;

namespace Atlas.Storage.Tests.Embedded;

/// <summary>What a root without user namespaces gets: a server that runs as another account.</summary>
public sealed class ServerIdentityTests
{
    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Open = Closed | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [Fact]
    public async Task As_another_account_the_data_is_handed_to_it()
    {
        var account = await AccountAsync();
        await using var place = new PrivateServer(identity: account, parentMode: Open);

        var status = await place.Server.StartAsync();

        Assert.Equal(1, await PrivateServer.QueryAsync<int>(status, "SELECT 1"));
        Assert.Equal(account.OwnerId, await OwnerAsync(status.DataDirectory));
    }

    [Fact]
    public async Task Data_changes_hands_when_the_way_of_running_changes()
    {
        var account = await AccountAsync();
        Assert.SkipUnless(
            await ServerIdentityChooser.ChooseAsync(default) == ServerIdentity.Namespace, "User namespaces are not permitted here.");
        await using var place = new PrivateServer(identity: account, parentMode: Open);
        await PrivateServer.QueryAsync<int>(await place.Server.StartAsync(), "CREATE TABLE kept AS SELECT 42 AS n");
        await place.Server.StopAsync();

        var other = await new PrivatePostgres(place.Options, null, ServerIdentity.Namespace).StartAsync();

        Assert.Equal(42, await PrivateServer.QueryAsync<int>(other, "SELECT n FROM kept"));
        Assert.Equal("0:0", await OwnerAsync(other.DataDirectory));
        Assert.True(await new PrivatePostgres(place.Options, null, ServerIdentity.Namespace).StopAsync());
    }

    [Fact]
    public async Task A_directory_that_the_account_cannot_enter_is_named_with_what_to_do()
    {
        await using var place = new PrivateServer(identity: await AccountAsync(), parentMode: Closed);

        var failure = await Assert.ThrowsAsync<PrivatePostgresException>(() => place.Server.StartAsync());

        Assert.Contains(place.Options.Directory, failure.Message);
        Assert.Contains("chmod o+x", failure.Message);
    }

    private static async Task<ServerIdentity> AccountAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can run a server as another account.");
        var account = await ServerIdentityChooser.ChooseAccountAsync(default);
        Assert.SkipWhen(account is null, "There is neither setpriv nor runuser, or no account to run as.");
        return account!;
    }

    private static async Task<string> OwnerAsync(string path) =>
        (await ProcessRunner.RunAsync("stat", ["-c", "%u:%g", path], TimeSpan.FromSeconds(10), default)).Output;
}
