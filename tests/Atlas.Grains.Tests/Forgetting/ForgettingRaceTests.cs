using Atlas.Client;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Grains.Tests.Forgetting;

/// <summary>A change that reads an old version while sessions are being forgotten.</summary>
public sealed class ForgettingRaceTests(ForgettingCluster shared) : IClassFixture<ForgettingCluster>
{
    private const string Waiting = """
        FROM pg_locks l JOIN pg_stat_activity a USING (pid) JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
         WHERE l.relation = 'playbook_versions'::regclass AND NOT l.granted
        """;

    private static readonly Attribution By = new("ada", "asked for by the customer");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestCluster Cluster => shared.Cluster;

    [Theory]
    [InlineData("rollback")]
    [InlineData("pin")]
    public async Task A_change_that_read_an_old_version_before_it_lost_words_does_not_bring_them_back(string change)
    {
        var (key, secret) = ($"key/{Guid.NewGuid():N}", $"secret{Random.Shared.Next():x}");
        shared.Synthesizer.Secrets[key] = secret;
        var session = (await Cluster.Client.RunSessionAsync(key, task: $"Refund the order of the {secret} desk")).SessionId;
        await VersionAsync(key, 1);
        await Cluster.Client.RunSessionAsync(key, task: "Refund an order with a voucher");
        await VersionAsync(key, 2);

        // The change reads the archive, and the forgetting waits behind it; then the forgetting waits before its end.
        await using var records = await HoldAsync($"SELECT 1 FROM sessions WHERE id = {session} FOR UPDATE");
        await using var archive = await HoldAsync("LOCK TABLE playbook_versions IN ACCESS EXCLUSIVE MODE");
        var changed = change == "pin" ? Cluster.Client.PinAsync(key, 1, By) : Cluster.Client.RollbackAsync(key, 1, By);
        await WaitersAsync(1);
        var reader = await Cluster.Database.ScalarAsync<string>($"SELECT l.pid || ' ' || a.query_start {Waiting}");
        var forgotten = Cluster.Client.ForgetAsync(new ForgetRequest { Sessions = [session] }, By);
        await WaitersAsync(2);
        await archive.DisposeAsync();
        await Eventually.TrueAsync(
            () => Cluster.Database.ScalarAsync<bool>("SELECT NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND pid || ' ' || query_start = $1)", reader!),
            Patience, "The read of the archive");
        await records.DisposeAsync();

        await forgotten;
        await changed;

        Assert.Empty(await Residue.FindAsync(Cluster.Database.DataSource, secret));
        Assert.DoesNotContain(secret, (await Cluster.Client.ResolveAsync(key)).Student?.Text ?? "", StringComparison.OrdinalIgnoreCase);
    }

    private Task WaitersAsync(int count) => Eventually.TrueAsync(
        async () => await Cluster.Database.ScalarAsync<long>($"SELECT count(*) {Waiting}") == count, Patience, $"{count} that wait for the archive");

    private Task VersionAsync(string key, int version) => Eventually.TrueAsync(
        async () => await Cluster.Client.DescribeAsync(key) is var at && at.NewestVersion == version && at.PendingSessionIds.IsEmpty, Patience, $"Version {version}");

    private async Task<NpgsqlConnection> HoldAsync(string what)
    {
        // Its end ends the transaction.
        var connection = new NpgsqlConnection($"{Cluster.Database.ConnectionString};Pooling=false");
        await connection.OpenAsync();
        await using var hold = new NpgsqlCommand($"BEGIN; {what}", connection);
        await hold.ExecuteNonQueryAsync();
        return connection;
    }
}
