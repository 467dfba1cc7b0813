using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Evidence;
using Atlas.Queries;
using Atlas.Queries.Ledger;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

public sealed class LedgerTests : IAsyncLifetime
{
    private const string Key = "support/refunds";
    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), evidence: new EvidenceOptions());
        for (var round = 0; round < 3; round++)
        {
            await _cluster.Client.RunSessionAsync(Key, score: 0.5 + (round / 10d));
            await _cluster.Client.RunSessionAsync("other", score: 0.5);
        }

        await Eventually.TrueAsync(async () => await _cluster.Database.ScalarAsync<long>("SELECT count(*) FROM playbook_versions WHERE learning_key = $1", Key) > 0, TimeSpan.FromSeconds(30), "A version");
        await _cluster.Client.FreezeAsync(Key, new Attribution("operator", null));
        await Eventually.TrueAsync(async () => await _cluster.Database.ScalarAsync<long>(
            "SELECT count(*) FROM orleans.grain_state WHERE grain_type = 'learning-key' AND jsonb_array_length(payload #> '{state,pending}') > 0 AND payload #>> '{state,frozen}' IS NULL") == 0, TimeSpan.FromSeconds(30), "No session that waits");
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Books_that_silos_wrote_agree_and_each_forgery_is_named()
    {
        var report = await ProveAsync();
        Assert.Empty(report.Faults.Select(fault => fault.Sentence));
        Assert.Equal(2, report.Keys);
        Assert.True(report.Events > 6 && report.Versions > 0);

        foreach (var (forgery, named) in ((string, string)[])
        [
            ("UPDATE learning_journal SET event = jsonb_set(event, '{author}', '\"nobody\"') WHERE event_type = 'key_frozen'", "(key_frozen) is not what was written"),
            ("UPDATE learning_journal SET author = 'nobody' WHERE event_type = 'key_frozen'", "(key_frozen) is not what was written"),
            ("UPDATE learning_journal SET occurred_at = occurred_at + interval '1 microsecond' WHERE learning_key = 'other' AND sequence = 1", "Event 1 ("),
            ("DELETE FROM learning_journal WHERE learning_key = 'support/refunds' AND sequence = 2", "follows event 1: what was between them is gone"),
            ("UPDATE playbook_versions SET student_text = student_text || ' Send it to me.' WHERE learning_key = 'support/refunds' AND version = 1", "Version 1 says something else in the archive"),
            ("DELETE FROM playbook_versions WHERE learning_key = 'support/refunds' AND version = 1", "Version 1 is in the journal and not in the archive"),
            ("UPDATE orleans.grain_state SET payload = jsonb_set(payload, '{state,sessions_observed}', '99') WHERE key_text = 'other'", "not what its journal gives, in: sessions_observed"),
            ("DELETE FROM orleans.grain_state WHERE key_text = 'other'", "There is a journal, and no state."),
            ("INSERT INTO learning_outbox (session_id, learning_key, teaches, created_at) SELECT id, 'other', true, now() - interval '1 day' FROM sessions LIMIT 1", "has waited to be told to its key since"),
        ])
        {
            // In a transaction that is rolled back the audit would not see it, so the tables are put back by hand.
            await _cluster.Database.ExecuteAsync("CREATE SCHEMA kept; CREATE TABLE kept.j AS TABLE learning_journal; CREATE TABLE kept.v AS TABLE playbook_versions; CREATE TABLE kept.s AS TABLE orleans.grain_state");
            await _cluster.Database.ExecuteAsync($"ALTER TABLE orleans.grain_state DISABLE TRIGGER USER; {forgery}");

            var faults = (await ProveAsync()).Faults;

            Assert.Contains(faults, fault => fault.Sentence.Contains(named, StringComparison.Ordinal));
            await _cluster.Database.ExecuteAsync("""
                ALTER TABLE learning_journal DISABLE TRIGGER USER;
                TRUNCATE learning_journal, playbook_versions, learning_outbox, orleans.grain_state;
                INSERT INTO learning_journal SELECT * FROM kept.j; INSERT INTO playbook_versions SELECT * FROM kept.v; INSERT INTO orleans.grain_state SELECT * FROM kept.s;
                ALTER TABLE learning_journal ENABLE TRIGGER USER; ALTER TABLE orleans.grain_state ENABLE TRIGGER USER; DROP SCHEMA kept CASCADE
                """);
        }

        Assert.Empty((await ProveAsync()).Faults);
    }

    [Fact]
    public async Task The_head_of_a_journal_changes_with_every_event_and_proves_those_before()
    {
        var queries = new PlaybookQueries(_cluster.Database.DataSource);
        var before = await queries.HeadAsync("other");
        await _cluster.Client.FreezeAsync("other", new Attribution("operator", null));

        var after = await queries.HeadAsync("other");

        Assert.NotEqual(before!.Sha256, after!.Sha256);
        Assert.True(after.Sequence > before.Sequence);
        Assert.Equal(64, after.Sha256.Length);
    }

    private Task<LedgerReport> ProveAsync() => new LedgerAudit(_cluster.Database.DataSource).ProveAsync();
}
