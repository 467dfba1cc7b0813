using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Grains.Tests.Cluster;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

public sealed class SynthesisTests
{
    private const string Key = "support/refunds";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Resolving_and_counting_go_on_while_a_synthesis_runs()
    {
        var synthesizer = new GatedSynthesizer();
        await using var cluster = await TestCluster.StartAsync(synthesizer: synthesizer);
        await cluster.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(() => synthesizer.Requests.Count == 1, Patience, "The synthesis");

        var resolved = await cluster.Client.ResolveAsync(Key);
        var counted = await cluster.Client.RunSessionAsync(Key);

        Assert.Equal(0, resolved.Version);
        Assert.Equal(LearningStanding.Applied, counted.Learning);
        Assert.Single(synthesizer.Requests);
    }

    [Fact]
    public async Task Sessions_that_come_while_one_runs_are_taken_together_by_the_next()
    {
        var synthesizer = new GatedSynthesizer();
        await using var cluster = await TestCluster.StartAsync(synthesizer: synthesizer);
        await cluster.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(() => synthesizer.Requests.Count == 1, Patience, "The first synthesis");
        await Task.WhenAll(Enumerable.Range(0, 99).Select(_ => cluster.Client.RunSessionAsync(Key)));

        synthesizer.Pass(2);

        await Eventually.TrueAsync(async () => (await cluster.Client.DescribeAsync(Key)).PendingSessionIds.IsEmpty, Patience);
        Assert.Equal([1, 99], synthesizer.Requests.Select(request => request.PendingSessionIds.Length));
        Assert.Equal("Learned from 100 sessions.", (await cluster.Client.ResolveAsync(Key)).Student!.Text);
    }

    [Fact]
    public async Task A_session_that_is_quarantined_while_a_synthesis_runs_teaches_nothing()
    {
        var synthesizer = new GatedSynthesizer();
        await using var cluster = await TestCluster.StartAsync(synthesizer: synthesizer);
        var broken = await cluster.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(() => synthesizer.Requests.Count == 1, Patience, "The synthesis");
        await cluster.Client.RunSessionAsync(Key);

        await cluster.Client.ReviewAsync(broken.SessionId, new ReviewDecision(ReviewStatus.Quarantined, "ann", "a broken run"));
        synthesizer.Pass(2);

        await Eventually.TrueAsync(async () => (await cluster.Client.DescribeAsync(Key)).Playbook.Version == 1, Patience, "The playbook");
        Assert.DoesNotContain(synthesizer.Requests.Last().Sessions, session => session.Id == broken.SessionId);
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM playbook_versions WHERE $1 = ANY (session_ids)", broken.SessionId));
    }

    [Fact]
    public async Task What_was_waiting_when_the_silo_stopped_is_learned_by_the_next_silo()
    {
        var synthesizer = new GatedSynthesizer();
        await using var cluster = await TestCluster.StartAsync(synthesizer: synthesizer);
        await cluster.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(() => synthesizer.Requests.Count == 1, Patience, "The synthesis");

        await cluster.RestartAsync();
        synthesizer.Pass(10);

        await Eventually.TrueAsync(async () => (await cluster.Client.DescribeAsync(Key)).Playbook.Version == 1, Patience, "The playbook");
    }

    [Fact]
    public async Task A_failing_synthesizer_costs_no_session_and_recovers_by_itself()
    {
        var synthesizer = GatedSynthesizer.Open();
        synthesizer.Failure = "The model is on holiday.";
        await using var cluster = await TestCluster.StartAsync(synthesizer: synthesizer);

        var completed = await cluster.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(
            async () => (await cluster.Client.DescribeAsync(Key)).SynthesisFailure is not null, Patience, "The failure");

        Assert.Equal((SessionStatus.Succeeded, LearningStanding.Applied), (completed.Status, completed.Learning));
        var failed = await cluster.Client.DescribeAsync(Key);
        Assert.Equal("The model is on holiday.", failed.SynthesisFailure);
        Assert.Equal([completed.SessionId], failed.PendingSessionIds);

        synthesizer.Failure = null;
        await Eventually.TrueAsync(async () => (await cluster.Client.ResolveAsync(Key)).Version == 1, Patience, "The playbook");
        Assert.Null((await cluster.Client.DescribeAsync(Key)).SynthesisFailure);
    }

    [Fact]
    public async Task A_note_that_cannot_be_stored_makes_no_failure_of_a_synthesis_and_keeps_no_other_note_back()
    {
        var synthesizer = new AnsweringSynthesizer(_ => new { version = "playbook_entry.v1", student_pamphlet = "Look first.", session_student_learning = "Looked too late." });
        await using var cluster = await TestCluster.StartAsync(synthesizer: synthesizer);
        await cluster.Client.FreezeAsync(Key, new Attribution("operator", "both at once"));
        var (broken, other) = (await cluster.Client.RunSessionAsync(Key), await cluster.Client.RunSessionAsync(Key));
        await cluster.Database.ExecuteAsync($"""
            CREATE FUNCTION refuse_notes() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RAISE 'No notes here.'; END $f$;
            CREATE TRIGGER refuse BEFORE UPDATE OF student_learning ON public.sessions FOR EACH ROW WHEN (OLD.id = {broken.SessionId}) EXECUTE FUNCTION refuse_notes();
            """);

        await cluster.Client.UnfreezeAsync(Key, new Attribution("operator", null));

        await Eventually.TrueAsync(
            async () => await cluster.Database.ScalarAsync<string?>($"SELECT student_learning FROM sessions WHERE id = {other.SessionId}") == "Looked too late.",
            Patience,
            "The note of the other session");
        Assert.Equal(1, (await cluster.Client.ResolveAsync(Key)).Version);
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM learning_journal WHERE event_type = 'synthesis_failed'"));
    }

    [Fact]
    public async Task What_answers_have_cost_that_came_too_late_is_on_record_with_the_next()
    {
        var synthesizer = new GatedSynthesizer { Usage = new TokenUsage(1, 100, 10) };
        await using var cluster = await TestCluster.StartAsync(synthesizer: synthesizer);
        var broken = await cluster.Client.RunSessionAsync(Key);
        await Eventually.TrueAsync(() => synthesizer.Requests.Count == 1, Patience, "The synthesis");
        await cluster.Client.RunSessionAsync(Key);
        await cluster.Client.ReviewAsync(broken.SessionId, new ReviewDecision(ReviewStatus.Quarantined, "ann", "a broken run"));
        synthesizer.Pass();
        await Eventually.TrueAsync(() => synthesizer.Requests.Count == 2, Patience, "The synthesis without the quarantined session");

        await cluster.Client.FreezeAsync(Key, new Attribution("operator", "release week"));
        synthesizer.Pass();
        await cluster.Client.UnfreezeAsync(Key, new Attribution("operator", null));
        synthesizer.Pass(10);

        await Eventually.TrueAsync(async () => (await cluster.Client.DescribeAsync(Key)).Playbook.Version == 1, Patience, "The playbook");
        var asked = synthesizer.Requests.Count;
        Assert.InRange(asked, 2, 3);
        Assert.Equal(asked, await cluster.Database.ScalarAsync<long>(
            "SELECT sum((event #>> '{cost,calls}')::bigint)::bigint FROM learning_journal WHERE event_type = 'synthesis_concluded'"));
    }

    [Fact]
    public async Task A_frozen_key_counts_sessions_and_learns_from_them_once_it_is_thawed()
    {
        await using var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open());
        await cluster.Client.FreezeAsync(Key, new Attribution("operator", "release week"));
        var session = await cluster.Client.RunSessionAsync(Key);
        Assert.Equal([session.SessionId], (await cluster.Client.DescribeAsync(Key)).PendingSessionIds);
        Assert.Equal(1, await RemindersAsync(cluster));

        // Nothing can be resumed, so nothing wakes the key every minute.
        await cluster.Silos[0].Grains.GetGrain<ILearningKeyGrain>(Key).AsReference<IRemindable>().ReceiveReminder("resume-synthesis", default);
        Assert.Equal(0, await RemindersAsync(cluster));

        await cluster.Client.UnfreezeAsync(Key, new Attribution("operator", null));

        Assert.Equal(1, await RemindersAsync(cluster));
        await Eventually.TrueAsync(async () => (await cluster.Client.ResolveAsync(Key)).Version == 1, Patience, "The playbook");
    }

    private static Task<long> RemindersAsync(TestCluster cluster) =>
        cluster.Database.ScalarAsync<long>("SELECT count(*) FROM orleans.reminder");
}
