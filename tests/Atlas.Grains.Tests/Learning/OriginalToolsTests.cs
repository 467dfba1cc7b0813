using Atlas.Domain;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

/// <summary>What the original's tools write is heard, and what they read is there.</summary>
public sealed class OriginalToolsTests
{
    private const string Key = "support/refunds";

    [Fact]
    public async Task A_review_that_another_program_writes_teaches_and_says_who_gave_it()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), requireApproval: true);
        var session = (int)(await cluster.Client.RunSessionAsync(Key)).SessionId;
        Assert.Equal(0, (await cluster.Client.DescribeAsync(Key)).SessionsApplied);

        await cluster.Database.ExecuteAsync(
            "UPDATE sessions SET review_status = 'approved', review_notes = 'looks right' WHERE id = $1", session);

        Assert.Equal("pg", await cluster.Database.ScalarAsync<string>(
            "SELECT CASE WHEN reviewed_by LIKE session_user || '%' THEN 'pg' ELSE reviewed_by END FROM sessions WHERE id = $1", session));
        await Eventually.TrueAsync(
            async () => (await cluster.Client.DescribeAsync(Key)).SessionsApplied == 1, TimeSpan.FromSeconds(60), "The review of another program");
        Assert.Equal("looks right", await cluster.Database.ScalarAsync<string>(
            "SELECT note FROM review_decisions WHERE session_id = $1 AND reviewer LIKE session_user || '%'", session));
        await Eventually.TrueAsync(
            async () => await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM outside_reviews") == 0, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_review_that_Atlas_gives_is_not_taken_for_that_of_another_program()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), requireApproval: true);
        var session = (await cluster.Client.RunSessionAsync(Key)).SessionId;

        await cluster.Client.ReviewAsync(session, new(ReviewStatus.Quarantined, "ada", "the judge was down"));
        await cluster.Client.ReviewAsync(session, new(ReviewStatus.Approved, "ada", "it was not"));

        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM outside_reviews"));
        Assert.Equal("ada", await cluster.Database.ScalarAsync<string>("SELECT reviewed_by FROM sessions"));
    }

    [Fact]
    public async Task A_status_that_nobody_knows_is_noted_and_holds_nothing_up()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        var session = (int)(await cluster.Client.RunSessionAsync(Key)).SessionId;

        await cluster.Database.ExecuteAsync("UPDATE sessions SET review_status = 'excellent' WHERE id = $1", session);

        await Eventually.TrueAsync(
            async () => await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM session_faults WHERE stage = 'review'") == 1,
            TimeSpan.FromSeconds(60));
        Assert.Equal(LearningStanding.Applied, (await cluster.Client.RunSessionAsync(Key)).Learning);
    }

    [Fact]
    public async Task The_newest_session_of_a_version_has_what_the_original_s_report_reads()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        long last = 0;
        for (var number = 0; number < 4; number++)
        {
            last = (await cluster.Client.RunSessionAsync(Key)).SessionId;
        }

        await Eventually.TrueAsync(
            () => cluster.Database.ScalarAsync<bool>(
                "SELECT coalesce(jsonb_typeof(metadata #> '{learning_state,metadata,playbook_entries}') = 'array', false) FROM sessions WHERE id = $1", (int)last),
            TimeSpan.FromSeconds(60),
            "The state of the key in its newest session");
        Assert.True(await cluster.Database.ScalarAsync<bool>("""
            SELECT count(*) <= count(DISTINCT coalesce(playbook_version, 0)) FROM sessions WHERE metadata ? 'learning_state'
            """));
    }
}
