using Atlas.Models.Judges;
using Atlas.Testing.Wire;
using Xunit;
using static Atlas.Models.Tests.Judges.JudgeSamples;

namespace Atlas.Models.Tests.Judges;

/// <summary>A judge behind HTTP.</summary>
public sealed class HttpJudgeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_sent_the_session_and_its_score_becomes_the_reward()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(Answer(0.6, 0.2)));

        var judgement = await JudgeAsync(server);

        var sent = Assert.Single(server.Requests);
        Assert.Equal("POST", sent.Method);
        Assert.Equal(Request.Task, sent.Json.GetProperty("task").GetString());
        Assert.Equal("refund issued", sent.Json.GetProperty("steps")[0].GetProperty("output").GetString());
        Assert.Equal(0.6, judgement.Score);
        Assert.Equal("unit-tests", (string?)judgement.Reward!.Reward["judges"]![0]!["identifier"]);
        Assert.Equal("correctness", (string?)judgement.Reward.Reward["judges"]![0]!["principles"]![0]!["name"]);
        Assert.Equal(0.2, (double)judgement.Reward.Stats["best_uncertainty"]!);
    }

    [Theory]
    [InlineData(500, "{}", "The call to the judge")]
    [InlineData(200, "no idea", "not JSON")]
    [InlineData(200, """{"score":7,"uncertainty":0}""", "'score' is 7")]
    public async Task A_judge_that_cannot_tell_gives_no_reward(int status, string body, string why)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(body, status));

        var judgement = await JudgeAsync(server);

        Assert.Null(judgement.Reward);
        Assert.Contains(why, judgement.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_connection_gives_no_reward()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Cut("{\"score\": 0."));

        Assert.Contains("The call to the judge", (await JudgeAsync(server)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_judge_is_given_up()
    {
        var clock = new TestClock(TimeSpan.FromSeconds(1));
        var arrived = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Hang(arrived));

        var judging = JudgeAsync(server, clock);
        await arrived.Task;
        clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal("The judge 'unit-tests' did not answer within 60 seconds.", (await judging).Problem);
    }

    private static async Task<Judgement> JudgeAsync(ScriptedServer server, TimeProvider? time = null)
    {
        using var http = new HttpClient();
        return await JudgeFactory.Http(http, new HttpJudgeOptions { Name = "unit-tests", Address = server.Address }, time).JudgeAsync(Request, Ct);
    }
}
