using System.Text.Json.Nodes;
using Atlas.Client;
using Atlas.Contracts;
using Atlas.Contracts.Forgetting;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Grains.Tests.Cluster;
using Atlas.Queries.Ledger;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Grains.Tests.Forgetting;

/// <summary>Two sessions teach a key: of three entries one rests on the first alone, one on both, one on the second alone.</summary>
public sealed class ForgettingTests(ForgettingCluster shared) : IClassFixture<ForgettingCluster>, IAsyncLifetime
{
    private static readonly Attribution By = new("ada", "asked for by the customer");

    private readonly List<long> _sessions = [];

    private TestCluster Cluster => shared.Cluster;

    private string Key { get; } = $"key/{Guid.NewGuid():N}";

    private string Secret { get; } = $"secret{Random.Shared.Next():x}";

    public async ValueTask InitializeAsync()
    {
        shared.Synthesizer.Secrets[Key] = Secret;
        await RunAsync($"Refund the order of the {Secret} desk");
        await VersionAsync(1);
        await RunAsync("Refund an order with a voucher");
        await VersionAsync(2);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_dry_run_tells_what_would_go_and_changes_nothing()
    {
        var before = await PictureAsync();

        var outcome = await Cluster.Client.ForgetAsync(new ForgetRequest { Sessions = [_sessions[0]], DryRun = true }, By);

        var key = Assert.Single(outcome.Keys);
        Assert.Equal([_sessions[0]], key.Sessions);
        Assert.Equal(["ask-desk"], key.Withdrawn);
        Assert.Equal(["look-up"], key.LostSupport);
        Assert.Equal(before, await PictureAsync());
    }

    [Fact]
    public async Task Nothing_of_a_forgotten_session_is_left_and_the_books_still_prove_themselves()
    {
        var other = await EntryAsync("read-policy");
        Assert.NotEmpty(await Residue.FindAsync(Cluster.Database.DataSource, Secret));
        await Cluster.Database.ExecuteAsync($"INSERT INTO orleans.review_claim (session_id, holder, until) VALUES ({_sessions[0]}, 'rita of the {Secret} desk', now())");

        await Cluster.Client.ForgetAsync(new ForgetRequest { Sessions = [_sessions[0]] }, By);

        Assert.Empty(await Residue.FindAsync(Cluster.Database.DataSource, Secret));
        Assert.Empty(await FaultsAsync());
        Assert.Equal(other, await EntryAsync("read-policy"));
        Assert.NotEmpty(await EntryAsync("look-up"));
        Assert.Equal(3, (await Cluster.Client.ResolveAsync(Key)).Version);
        Assert.DoesNotContain(Secret, (await Cluster.Client.ResolveAsync(Key)).Student!.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, (await Cluster.Client.DescribeAsync(Key)).SessionsObserved);
        Assert.Equal(
            $"{_sessions[0]} ada 1",
            await Cluster.Database.ScalarAsync<string>("SELECT session_ids[1] || ' ' || author || ' ' || cardinality(withdrawn) FROM forgettings WHERE learning_key = $1", Key));
    }

    [Fact]
    public async Task Forgetting_again_changes_nothing_and_a_message_that_was_under_way_is_not_counted()
    {
        var session = Cluster.Client.GetSession(_sessions[0]);
        await Cluster.Client.ForgetAsync(new ForgetRequest { Sessions = [_sessions[0]] }, By);
        var before = await PictureAsync();

        await Cluster.Client.ForgetAsync(new ForgetRequest { Sessions = [_sessions[0]] }, By);
        await Cluster.Silos[0].Grains.GetGrain<ILearningKeyGrain>(Key).Record(new FinishedSession(new SessionOutcome { SessionId = _sessions[0], Score = 1 }, Teaches: true));

        Assert.Equal(before, await PictureAsync());
        Assert.Contains("There is no session", (await Assert.ThrowsAsync<AtlasRefusedException>(() => session.Renew())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_is_forgotten_wherever_it_stands_and_a_key_goes_on_learning()
    {
        await Cluster.Client.FreezeAsync(Key, new Attribution("rita", $"the {Secret} case"));

        // Beside the records of a session that stays.
        await Cluster.Database.ExecuteAsync($"""
            UPDATE sessions SET paid_by = 'key:/{Secret}' WHERE id = {_sessions[1]};
            INSERT INTO session_faults (session_id, stage, learning_key, fault) VALUES ({_sessions[1]}, 'completion', '{Key}', 'FormatException: {Secret}');
            INSERT INTO orleans.review_claim (session_id, holder, until) VALUES ({_sessions[1]}, '{Secret}', now())
            """);

        var outcome = await Cluster.Client.ForgetAsync(new ForgetRequest { Subject = Secret.ToUpperInvariant() }, By);

        Assert.Equal([_sessions[0]], outcome.Keys.SelectMany(key => key.Sessions));
        Assert.Empty(await Residue.FindAsync(Cluster.Database.DataSource, Secret));
        Assert.Empty(await FaultsAsync());
        await Cluster.Client.UnfreezeAsync(Key, By);
        await RunAsync("Refund a third order");
        await VersionAsync(3);
        await Cluster.RestartAsync();
        Assert.Equal((3, 2), ((await Cluster.Client.ResolveAsync(Key)).Version, (await Cluster.Client.DescribeAsync(Key)).SessionsObserved));
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task What_an_event_says_after_it_was_forgotten_cannot_be_changed_unseen()
    {
        await Cluster.Client.ForgetAsync(new ForgetRequest { Sessions = [_sessions[0]] }, By);

        await Cluster.Database.ExecuteAsync($"UPDATE learning_journal SET event = event || '{{\"was\": \"key_frozen\"}}' WHERE event_type = 'event_forgotten' AND learning_key = '{Key}'");

        Assert.Contains(await FaultsAsync(), fault => fault.Contains("(event_forgotten) is not what was written", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Forgetting_that_the_database_breaks_off_is_done_once_when_it_is_asked_again()
    {
        var before = await PictureAsync();
        await Cluster.Database.ExecuteAsync("CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION 'held'; END $f$; CREATE TRIGGER hold BEFORE DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION hold()");

        await Assert.ThrowsAnyAsync<Exception>(() => Cluster.Client.ForgetAsync(new ForgetRequest { Sessions = [_sessions[0]] }, By));
        Assert.Equal(before, await PictureAsync());
        await Cluster.Database.ExecuteAsync("DROP TRIGGER hold ON sessions; DROP FUNCTION hold()");
        await Cluster.Client.ForgetAsync(new ForgetRequest { Sessions = [_sessions[0]] }, By);

        Assert.Equal(1L, await Cluster.Database.ScalarAsync<long>("SELECT count(*) FROM forgettings WHERE learning_key = $1", Key));
        Assert.Empty(await Residue.FindAsync(Cluster.Database.DataSource, Secret));
    }

    [Fact]
    public async Task A_copy_of_the_state_that_is_being_made_does_not_outlive_what_is_forgotten()
    {
        await using var connection = await Cluster.Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var copying = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var stamp = new NpgsqlCommand("SELECT orleans.stamp_learning_state($1)", connection) { Parameters = { new() { Value = Key } } };
        await stamp.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var forgetting = Cluster.Client.ForgetAsync(new ForgetRequest { Sessions = [_sessions[0]] }, By);
        await Eventually.TrueAsync(
            async () => forgetting.IsCompleted || await Cluster.Database.ScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") > 0,
            TimeSpan.FromMinutes(1));
        Assert.False(forgetting.IsCompleted);
        await copying.CommitAsync(TestContext.Current.CancellationToken);
        await forgetting;

        Assert.Empty(await Residue.FindAsync(Cluster.Database.DataSource, Secret));
    }

    [Fact]
    public async Task What_names_nothing_or_too_much_is_refused()
    {
        foreach (var (said, subject) in ((string, string?)[])[("Say what to forget", null), ("fewer than 3 characters", "ab"), ("must not contain the text", "customer")])
        {
            var refused = await Assert.ThrowsAsync<AtlasRefusedException>(() => Cluster.Client.ForgetAsync(new ForgetRequest { Subject = subject }, By));

            Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_word_of_the_records_own_names_is_no_subject()
    {
        var outcome = await Cluster.Client.ForgetAsync(new ForgetRequest { Subject = "metadata", DryRun = true }, By);

        Assert.Empty(outcome.Keys);
    }

    private async Task RunAsync(string task)
    {
        var session = await Cluster.Client.StartSessionAsync(new StartSession(task, Key));
        _sessions.Add(session.SessionId);
        await session.AppendAsync(TrajectoryEvent.ToolCall("get_order", new JsonObject { ["note"] = task }));
        await session.CompleteAsync(new CompleteSession(SessionStatus.Succeeded, $"Done: {task}", new SessionReward(0.5)));
    }

    private Task VersionAsync(int version) => Eventually.TrueAsync(
        async () => await Cluster.Client.DescribeAsync(Key) is var key && key.NewestVersion == version && key.PendingSessionIds.IsEmpty, TimeSpan.FromSeconds(30), $"Version {version}");

    private async Task<IEnumerable<string>> FaultsAsync() =>
        (await new LedgerAudit(Cluster.Database.DataSource).ProveAsync()).Faults.Where(fault => fault.LearningKey == Key).Select(fault => fault.Sentence);

    private async Task<string> EntryAsync(string id) => await Cluster.Database.ScalarAsync<string>(
        "SELECT (e - 'impact')::text FROM playbook_versions, jsonb_array_elements(entries) e WHERE learning_key = $1 AND e ->> 'id' = '" + id + "' ORDER BY version DESC LIMIT 1", Key) ?? "";

    private async Task<string> PictureAsync() => await Cluster.Database.ScalarAsync<string>("""
        SELECT concat_ws(' ',
          (SELECT string_agg(event::text, ' ' ORDER BY sequence) FROM learning_journal WHERE learning_key = $1),
          (SELECT string_agg(v::text, ' ' ORDER BY version) FROM playbook_versions v WHERE learning_key = $1),
          (SELECT count(*) FROM sessions WHERE stored_learning_key = $1))
        """, Key) ?? "";
}
