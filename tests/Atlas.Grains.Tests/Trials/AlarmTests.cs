using System.Diagnostics.Metrics;
using Atlas.Contracts.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Queries;
using Xunit;

namespace Atlas.Grains.Tests.Trials;

/// <summary>Rewards that become lower than they were, through a real client on a real silo with a real database.</summary>
public sealed class AlarmTests(ITestOutputHelper output)
{
    private const int Seed = 6;
    private const int Usual = 60;

    private static readonly Attribution By = new("ann", "a version of better times, and a later one");

    // The usual figures take a hundred sessions to learn what is usual and some seventy to be sure; these are the same in less time.
    private static readonly EvidenceOptions Rules = new() { HoldoutShare = 0, AlarmReference = 40, AlarmLimit = 200 };

    [Fact]
    public async Task An_alarm_tries_the_current_version_against_the_one_of_better_times_hides_no_session_and_tells_the_operator()
    {
        output.WriteLine($"seed {Seed}");
        var alarms = 0;
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Name == "atlas.evidence.alarms") { listener.EnableMeasurementEvents(instrument); } } };
        meters.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref alarms, (int)count));
        meters.Start();
        await using var cluster = await TestCluster.StartAsync(evidence: Rules, drift: new DriftOptions());
        var queries = new FindingsQueries(cluster.Database.DataSource);
        var world = new TrialWorld(cluster.Client, "trials/decline", Seed) { Chance = (session, _, _) => session < Usual ? 0.9 : 0.2 };
        await cluster.Client.ImportAsync(world.Key, TrialWorld.Playbook("Stay calm.", ("one", "order", "Look twice")), By);
        await world.UntilAsync(() => Task.FromResult(false), Usual);
        await cluster.Client.ImportAsync(world.Key, TrialWorld.Playbook("Stay calm.", ("one", "order", "Look twice"), ("two", "order", "Count the words")), By);
        Assert.Null((await StateAsync(cluster, world)).Trials!.Evidence.Canary);

        var raised = await world.UntilAsync(async () => (await queries.FindAsync(world.Key))!.Alarm, Usual + 200);
        output.WriteLine($"raised {world.Sessions - Usual} sessions after the decline");
        Assert.True(raised);

        // The version of better times is tried against the current one; sessions are drawn for both.
        var state = await StateAsync(cluster, world);
        Assert.Equal((2, 1), (state.Trials!.Evidence.Canary!.Version.Number, state.Trials.Evidence.Canary.Parent.Number));
        var told = new HashSet<int>();
        for (var number = 0; number < 20; number++)
        {
            told.Add((await world.StartAsync(10_000 + number)).Playbook.Version);
        }

        Assert.Equal([1, 2], told.Order());

        // Nothing is frozen, and no session was kept from teaching.
        Assert.Null(state.Frozen);
        Assert.Equal(world.Sessions, state.SessionsObserved);
        Assert.Equal(0, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE completed_at IS NOT NULL AND review_status <> 'approved'"));

        // The operator is told, with how often that is wrong: by metric, report and history.
        Assert.True(Volatile.Read(ref alarms) >= 1);
        var findings = (await queries.FindAsync(world.Key))!;
        Assert.Contains("about once in 200 sessions. Version 2 is on trial against version 1", findings.Decline, StringComparison.Ordinal);
        Assert.Contains(world.Key, await new Queries.Keys.GlanceQueries(cluster.Database.DataSource).AlarmsAsync(10));
        Assert.Equal(["alarm_raised", "canary_begun"], (await new PlaybookQueries(cluster.Database.DataSource).SwitchesAsync(world.Key)).Reverse().Select(one => one.Type).Where(type => type is "alarm_raised" or "canary_begun"));
    }

    [Fact]
    public async Task An_alarm_on_a_pinned_key_is_closed_with_the_session_that_raises_it_and_stays_visible()
    {
        await using var cluster = await TestCluster.StartAsync(evidence: Rules, drift: new DriftOptions());
        var queries = new FindingsQueries(cluster.Database.DataSource);
        var world = new TrialWorld(cluster.Client, "trials/pinned", Seed) { Chance = (session, _, _) => session < Usual ? 0.9 : 0.2 };
        await cluster.Client.ImportAsync(world.Key, TrialWorld.Playbook("Stay calm.", ("one", "order", "Look twice")), By);
        await cluster.Client.PinAsync(world.Key, 1, By);

        Assert.True(await world.UntilAsync(async () => (await queries.FindAsync(world.Key))!.Alarm, Usual + 200));
        var state = await StateAsync(cluster, world);
        Assert.Equal((null, true), (state.Trials!.AlarmSince, state.Trials.Evidence.Watch.IsClosed));
        Assert.Contains(world.Key, await new Queries.Keys.GlanceQueries(cluster.Database.DataSource).AlarmsAsync(10));
        Assert.Equal(1, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM learning_journal WHERE event_type = 'alarm_closed'"));
    }

    private static Task<LearningKeyState> StateAsync(TestCluster cluster, TrialWorld world) => TrialWorld.StateAsync(cluster.Database, world.Key);
}
