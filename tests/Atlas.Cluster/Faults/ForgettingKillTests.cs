using Atlas.Client;
using Atlas.Cluster.Processes;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Queries.Ledger;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Cluster.Faults;

public sealed class ForgettingKillTests
{
    private const string Waiting = """
        SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%UPDATE orleans.grain_state SET payload%')
        """;

    private static readonly Attribution By = new("ada", "asked for by the customer");

    [Fact]
    public async Task A_silo_that_is_killed_while_it_forgets_leaves_whole_keys_and_the_same_command_again_does_the_rest()
    {
        var secret = $"secret{Random.Shared.Next():x}";
        await using var cluster = await SiloCluster.StartAsync(1);
        await using var client = await cluster.ConnectAsync();
        foreach (var key in (string[])["forget/a", "forget/b"])
        {
            var session = await client.StartSessionAsync(new StartSession($"Refund the order of {secret}", key));
            await session.AppendAsync(TrajectoryEvent.Message($"{secret} asks"));
            await session.CompleteAsync($"Refunded {secret}.", 0.5);
        }

        await Eventually.TrueAsync(
            async () => await cluster.ScalarAsync<long>("SELECT count(*) FROM learning_journal WHERE event_type = 'synthesis_concluded'") == 2, TimeSpan.FromMinutes(1), "both keys have learned");
        var request = new ForgetRequest { Subject = secret };

        // The first key is done; of the second the journal is rewritten, and its state not yet.
        await using (var holder = await cluster.Database.OpenConnectionAsync())
        {
            await using var held = await holder.BeginTransactionAsync();
            await using (var hold = new NpgsqlCommand("SELECT 1 FROM orleans.grain_state WHERE key_text = 'forget/b' FOR UPDATE", holder, held))
            {
                await hold.ExecuteScalarAsync();
            }

            var forgetting = client.ForgetAsync(request, By);
            await Eventually.TrueAsync(() => cluster.ScalarAsync<bool>(Waiting), TimeSpan.FromMinutes(1), "a silo in the middle of the second key");
            await cluster.Silos[0].KillAsync();
            await held.RollbackAsync();
            await Eventually.TrueAsync(
                () => cluster.ScalarAsync<bool>("SELECT NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND xact_start IS NOT NULL AND pid <> pg_backend_pid())"),
                TimeSpan.FromMinutes(1), "the end of what the silo had begun");
            Assert.Equal(1, await cluster.ScalarAsync<long>("SELECT count(*) FROM forgettings"));
            Assert.Equal(1, await cluster.ScalarAsync<long>("SELECT count(*) FROM sessions"));
            Assert.Empty((await new LedgerAudit(cluster.Database).ProveAsync()).Faults);

            await cluster.StartAgainAsync(cluster.Silos[0]);

            // The client may have sent the command again by itself, now that there is a silo.
            await Task.WhenAny(forgetting);
        }

        await client.ForgetAsync(request, By);

        Assert.Empty(await Residue.FindAsync(cluster.Database, secret));
        Assert.Empty((await new LedgerAudit(cluster.Database).ProveAsync()).Faults);
        Assert.Equal(0, await cluster.ScalarAsync<long>("SELECT count(*) FROM sessions"));
        await (await client.StartSessionAsync(new StartSession("Refund an order", "forget/b"))).CompleteAsync("Refunded.", 0.5);
    }
}
