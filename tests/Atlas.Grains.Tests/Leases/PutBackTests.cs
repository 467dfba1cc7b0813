using Atlas.Contracts.Playbooks;
using Atlas.Domain.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Queries.Ledger;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Leases;

/// <summary>A backup is put back while silos run.</summary>
public sealed class PutBackTests
{
    private const string Tables = "learning_journal, playbook_versions, learning_outbox, orleans.grain_state";
    private static readonly Attribution By = new("ada", null);

    [Fact]
    public async Task Silos_notice_it_serve_what_the_database_has_and_go_on_from_there()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.Client.ImportAsync("key", Playbook("Kept."), By);
        await cluster.Database.ExecuteAsync("CREATE SCHEMA kept; CREATE TABLE kept.j AS TABLE learning_journal; CREATE TABLE kept.v AS TABLE playbook_versions; CREATE TABLE kept.s AS TABLE orleans.grain_state");
        await cluster.Client.ImportAsync("key", Playbook("Lost."), By);

        await cluster.Database.ExecuteAsync($"""
            BEGIN; ALTER TABLE learning_journal DISABLE TRIGGER USER; ALTER TABLE orleans.grain_state DISABLE TRIGGER USER;
            TRUNCATE {Tables};
            INSERT INTO learning_journal SELECT * FROM kept.j; INSERT INTO playbook_versions SELECT * FROM kept.v; INSERT INTO orleans.grain_state SELECT * FROM kept.s;
            ALTER TABLE learning_journal ENABLE TRIGGER USER; ALTER TABLE orleans.grain_state ENABLE TRIGGER USER; COMMIT
            """);

        await Eventually.TrueAsync(async () => (await cluster.Client.ResolveAsync("key")) is { Version: 1, Student.Text: "Kept." }, TimeSpan.FromSeconds(20), "The version that the database has");
        Assert.Equal(2, (await cluster.Client.ImportAsync("key", Playbook("New."), By)).Version);
        Assert.Empty((await new LedgerAudit(cluster.Database.DataSource).ProveAsync()).Faults.Select(fault => fault.Sentence));
    }

    private static LearnedPlaybook Playbook(string preface) => new() { StudentPreface = preface };
}
