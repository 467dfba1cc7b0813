using System.Collections.Immutable;
using Atlas.Grains.Judging;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Rewards;
using Atlas.Queries.Reports;
using Atlas.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Atlas.Grains.Tests.Judging;

/// <summary>The judge is asked about a fixed panel of past sessions again.</summary>
public sealed class PanelTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_judge_that_becomes_stricter_is_found_out_by_sessions_that_stand_still()
    {
        var clock = new MovableClock();
        var score = 0.8;
        var judge = ScriptedJudge.Open(_ => ScriptedJudge.Score(score));
        await using var cluster = await TestCluster.StartAsync(judge: judge, judging: new JudgingOptions { PanelSessions = 4, PanelDays = 7 }, clock: clock, synthesizer: GatedSynthesizer.Open());
        await cluster.Client.RunSessionAsync("panel/brought-1", score: 1);
        await cluster.Client.RunSessionAsync("panel/brought-2", score: 0);
        foreach (var key in (string[])["panel/judged-1", "panel/judged-2"])
        {
            var session = await cluster.Client.RunSessionAsync(key, score: null);
            await cluster.Client.AwaitRewardAsync(session.SessionId, Patience);
        }

        var services = cluster.Silos[0].Services;
        await Eventually.TrueAsync(() => AskedAsync(services, answers: 1), Patience, "The first answers");
        var agreement = JudgeFigures.Of(await PanelAsync(services))!.Agreement!;
        Assert.Equal((2, 0.5, 0.5), (agreement.Sessions, agreement.SameSide, agreement.Ordered!.Value));

        score = 0.5;
        clock.Advance(TimeSpan.FromDays(8));
        await Eventually.TrueAsync(() => AskedAsync(services, answers: 2), Patience, "The second answers");

        var panel = await PanelAsync(services);
        Assert.Equal(-0.3, JudgeFigures.Of(panel)!.Drift!.Change, 1e-9);
        Assert.All(panel, session => Assert.Equal([0.8, 0.5], session.Answers.Select(answer => answer.Score)));
        Assert.Equal(2L, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM session_judgings WHERE state = 'judged'"));
        Assert.Equal(-0.3, JudgingTelemetry.Panel!.Drift!.Change, 1e-9);
    }

    [Fact]
    public async Task A_judge_that_throws_is_asked_about_the_other_sessions_and_not_again_before_the_next_time()
    {
        var clock = new MovableClock();
        var judge = ScriptedJudge.Open(request => request.Task.Contains("1042", StringComparison.Ordinal) ? throw new InvalidOperationException("It is broken.") : ScriptedJudge.Score(0.8));
        await using var cluster = await TestCluster.StartAsync(judge: judge, judging: new JudgingOptions { PanelSessions = 4, PanelDays = 7 }, clock: clock, synthesizer: GatedSynthesizer.Open());
        await cluster.Client.RunSessionAsync("panel/1", task: "Refund order 1042");
        await cluster.Client.RunSessionAsync("panel/2", task: "Refund order 7");
        var sweep = cluster.Silos[0].Services.GetRequiredService<PanelSweep>();

        await Eventually.TrueAsync(() => AreAskedAsync(2), Patience, "Both sessions");
        Assert.Equal(1L, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM orleans.judge_panel_answer"));

        clock.Advance(TimeSpan.FromMinutes(15));
        await sweep.RunAsync(CancellationToken.None);
        Assert.Equal(2, judge.Requests.Count);

        clock.Advance(TimeSpan.FromDays(8));
        await Eventually.TrueAsync(() => AreAskedAsync(4), Patience, "Both sessions again");

        async Task<bool> AreAskedAsync(int times)
        {
            await sweep.RunAsync(CancellationToken.None);
            return judge.Requests.Count == times
                && await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM orleans.judge_panel WHERE due_at > now() + interval '6 days'") == 2;
        }
    }

    private static Task<ImmutableArray<PanelSession>> PanelAsync(IServiceProvider services) => services.GetRequiredService<JudgePanelQueries>().PanelAsync();

    private static async Task<bool> AskedAsync(IServiceProvider services, int answers)
    {
        await services.GetRequiredService<PanelSweep>().RunAsync(CancellationToken.None);
        var panel = await PanelAsync(services);
        return panel.Length == 4 && panel.All(session => session.Answers.Length == answers);
    }
}
