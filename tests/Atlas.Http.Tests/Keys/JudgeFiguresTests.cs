using System.Net;
using Atlas.Http.Tests.Access;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Keys;

/// <summary>What the report over HTTP says about the judge.</summary>
public sealed class JudgeFiguresTests(LockedApi api) : IClassFixture<LockedApi>
{
    [Fact]
    public async Task The_report_says_whether_the_judge_agrees_and_has_moved_by_the_sessions_that_the_caller_can_see()
    {
        var (ours, _) = await api.CreateAsync("ours", tenant: "acme");
        var (theirs, _) = await api.CreateAsync("theirs", tenant: "globex");
        using var mine = api.Client(ours);
        using var other = api.Client(theirs);
        var key = Api.NewKey("judged");
        Assert.False((await mine.GetAsync($"v1/keys/{await NewAsync(mine)}/report", HttpStatusCode.OK)).TryGetProperty("judge", out _));
        for (var number = 0; number < 3; number++)
        {
            await AskedAsync(await mine.RunSessionAsync(key, number % 2), number % 2, 0.9, 0.6);
            await AskedAsync(await other.RunSessionAsync(Api.NewKey("theirs"), 0), 0, 0.1, 0.1);
        }

        var judge = (await mine.GetAsync($"v1/keys/{key.Escaped()}/report", HttpStatusCode.OK)).GetProperty("judge");
        var figures = judge.GetProperty("figures");
        Assert.Equal((3, 6, 3), (figures.Number("sessions"), figures.Number("answers"), judge.Number("of_key")));
        Assert.Equal(-0.3, figures.GetProperty("drift").GetProperty("change").GetDouble(), 1e-9);
        Assert.Equal(3, figures.GetProperty("agreement").Number("sessions"));
        Assert.Equal(1 / 3.0, figures.GetProperty("agreement").GetProperty("same_side").GetDouble(), 1e-9);
    }

    private static async Task<string> NewAsync(HttpClient client)
    {
        var key = Api.NewKey("unjudged");
        await client.RunSessionAsync(key);
        return key.Escaped();
    }

    private async Task AskedAsync(long session, double outcome, double first, double second)
    {
        await api.Database.ExecuteAsync("INSERT INTO orleans.judge_panel (session_id, outcome, due_at) VALUES ($1, $2, now() + interval '7 days')", (int)session, outcome);
        await api.Database.ExecuteAsync(
            "INSERT INTO orleans.judge_panel_answer (session_id, judged_at, judge, score) VALUES ($1, now() - interval '7 days', 'house', $2), ($1, now(), 'house', $3)", (int)session, first, second);
    }
}
