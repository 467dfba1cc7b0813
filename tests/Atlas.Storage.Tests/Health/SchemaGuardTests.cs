using Atlas.Storage.Clustering;
using Atlas.Storage.Health;
using Atlas.Testing;
using Xunit;

namespace Atlas.Storage.Tests.Health;

public sealed class SchemaGuardTests
{
    [Fact]
    public async Task A_database_as_the_scripts_made_it_has_no_fault()
    {
        await using var database = await TestDatabase.CreateAsync();

        Assert.Empty(await SchemaGuard.LookAsync(database.DataSource));
        Assert.True(await database.ScalarAsync<long>("SELECT count(*) FROM orleans.schema_object WHERE kind = 'trigger'") >= 4);
    }

    [Theory]
    [InlineData("DROP INDEX learning_journal_counted_key", "learning_journal_counted_key of public.learning_journal is missing", true)]
    [InlineData("ALTER TABLE orleans.grain_state DISABLE TRIGGER learning_key_overwritten", "learning_key_overwritten of orleans.grain_state is not in force", true)]
    [InlineData("DROP TRIGGER learning_key_inserted ON orleans.grain_state", "learning_key_inserted of orleans.grain_state is missing", true)]
    [InlineData("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'sessions_external_id_key'::regclass", "sessions_external_id_key of public.sessions is not in force", true)]
    [InlineData("DROP INDEX sessions_created_at_idx; CREATE INDEX sessions_created_at_idx ON sessions (completed_at)", "sessions_created_at_idx of public.sessions is not as the scripts made it", false)]
    [InlineData("ALTER TABLE session_judgings DROP CONSTRAINT session_judgings_state_check", "session_judgings_state_check of public.session_judgings is missing", false)]
    [InlineData("INSERT INTO orleans.schema_version (scriptname, applied) VALUES ('9999_later.sql', now())", "newer than this program, which does not know 9999_later.sql", false)]
    [InlineData("INSERT INTO orleans.schema_version (scriptname, applied) VALUES ('9999_later_alone.sql', now())", "newer than this program, which does not know 9999_later_alone.sql", true)]
    public async Task What_somebody_changed_is_named(string change, string named, bool refuses)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync(change);

        var finding = Assert.Single(await SchemaGuard.LookAsync(database.DataSource), finding => finding.Sentence.Contains(named, StringComparison.Ordinal));

        Assert.Equal(refuses, finding.Refuses);
        Assert.NotEmpty(finding.Remedy);
    }

    [Theory]
    [InlineData(60, "ahead of")]
    [InlineData(-60, "behind")]
    public async Task A_clock_that_is_off_is_told_with_how_far(int seconds, string direction)
    {
        await using var database = await TestDatabase.CreateAsync();

        var finding = Assert.Single(await SchemaGuard.LookAsync(database.DataSource, new Shifted(TimeSpan.FromSeconds(seconds))));

        Assert.Contains(direction, finding.Sentence, StringComparison.Ordinal);
        Assert.False(finding.Refuses);
    }

    [Fact]
    public async Task Silos_of_one_cluster_hear_of_other_rules_among_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var rules = new SiloRules(database.DataSource);

        Assert.Empty(await rules.TellAsync("atlas", "one", "a"));
        Assert.Empty(await rules.TellAsync("atlas", "two", "a"));
        Assert.Empty(await rules.TellAsync("another", "three", "b"));
        Assert.Equal(["one", "two"], await rules.TellAsync("atlas", "four", "b"));
        await rules.ForgetAsync("atlas", "one");
        Assert.Equal(["two"], await rules.TellAsync("atlas", "four", "b"));
        Assert.Empty(await rules.TellAsync("atlas", "four", "a"));
    }

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
