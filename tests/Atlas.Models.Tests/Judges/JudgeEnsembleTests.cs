using Atlas.Learning.Options;
using Atlas.Models.Judges;
using Atlas.Models.Providers;
using Atlas.Models.Tests.Wire;
using Atlas.Testing.Wire;
using Xunit;
using static Atlas.Models.Tests.Judges.JudgeSamples;

namespace Atlas.Models.Tests.Judges;

/// <summary>What the ensemble makes of good and bad answers.</summary>
public sealed class JudgeEnsembleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_judgements_run_side_by_side_at_three_temperatures()
    {
        var all = new TaskCompletionSource();
        var under = 0;
        using var small = new ScriptedChatClient(async (_, ct) =>
        {
            if (Interlocked.Increment(ref under) == 3)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(ct);
            return ScriptedChatClient.Text(Answer(0.7), 100, 10);
        });

        var judgement = await Ensemble(small).JudgeAsync(Request, Ct);

        Assert.Equal([0.2f, 0.5f, 0.8f], small.Calls.Select(call => call.Options!.Temperature!.Value).Order());
        Assert.Equal([0.2, 0.5, 0.8], judgement.Audit.Select(entry => (double)entry!["temperature"]!));
        Assert.Equal(0.7, judgement.Score!.Value, 1e-9);
        Assert.Equal((3, 300L, 30L), (judgement.Usage.Calls, judgement.Usage.PromptTokens, judgement.Usage.CompletionTokens));
    }

    [Fact]
    public async Task One_failing_judge_takes_nothing_from_the_others()
    {
        using var small = new ScriptedChatClient((call, _) => call.Options!.Temperature > 0.4f && call.Options.Temperature < 0.6f
            ? throw new TimeoutException("deadline")
            : Task.FromResult(ScriptedChatClient.Text(Answer(0.8))));

        var judgement = await Ensemble(small).JudgeAsync(Request, Ct);

        Assert.Equal(2, (int)judgement.Reward!.Stats["sample_count"]!);
        Assert.Equal("deadline", (string?)judgement.Audit[1]!["error"]);
        Assert.NotNull(judgement.Audit[0]!["response"]);
        Assert.NotNull(judgement.Audit[2]!["response"]);
    }

    [Fact]
    public async Task An_outage_is_no_reward_and_says_so()
    {
        using var small = ScriptedChatClient.Failing("the service is away");

        var judgement = await Ensemble(small).JudgeAsync(Request, Ct);

        Assert.Null(judgement.Reward);
        Assert.Null(judgement.Score);
        Assert.Contains("the service is away", judgement.Problem, StringComparison.Ordinal);
        Assert.Equal(4, judgement.Audit.Count);
        Assert.True((bool)judgement.Audit[3]!["reward_absent"]!);
    }

    [Fact]
    public async Task Offline_there_is_no_reward()
    {
        await using var factory = new ChatClientFactory();
        using var client = factory.Create(new LlmParameters { Provider = LlmProvider.Offline, Model = "scripted" });

        Assert.Null((await Ensemble(client).JudgeAsync(Request, Ct)).Reward);
    }

    [Theory]
    [InlineData("""{"score":1.7,"uncertainty":0.1}""", "'score' is 1.7")]
    [InlineData("""{"score":-0.01,"uncertainty":0.1}""", "'score' is -0.01")]
    [InlineData("""{"score":0.5,"uncertainty":-0.4}""", "'uncertainty' is -0.4")]
    [InlineData("""{"score":1e999,"uncertainty":0.1}""", "no number 'score'")]
    [InlineData("""{"score":NaN,"uncertainty":0.1}""", "not JSON")]
    [InlineData("""{"score":"0.8","uncertainty":0.1}""", "no number 'score'")]
    [InlineData("""{"score":true,"uncertainty":0.1}""", "no number 'score'")]
    [InlineData("""{"score":0.8}""", "no number 'uncertainty'")]
    [InlineData("[1,2]", "not a JSON object")]
    [InlineData("0.8", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("I would say 0.8", "not JSON")]
    [InlineData("  ", "empty")]
    public async Task An_answer_that_is_no_judgement_is_refused_and_the_others_count(string bad, string why)
    {
        using var small = ScriptedChatClient.Saying(bad, Answer(0.8), Answer(0.6));

        var judgement = await Ensemble(small).JudgeAsync(Request, Ct);

        Assert.Equal(0.7, judgement.Score!.Value, 1e-9);
        Assert.Contains(why, (string?)judgement.Audit[0]!["unusable"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_in_a_code_fence_is_read()
    {
        var fenced = $"```json\n{Answer(0.8)}\n```";
        using var small = ScriptedChatClient.Saying(fenced, fenced, fenced);

        Assert.Equal(0.8, (await Ensemble(small).JudgeAsync(Request, Ct)).Score!.Value, 1e-9);
    }

    [Fact]
    public async Task The_arbiter_decides_and_the_first_spread_is_kept()
    {
        using var small = ScriptedChatClient.Saying(Answer(0.9, 0.1), Answer(0.5, 0.2), Answer(0.9, 0.05));
        using var arbiter = ScriptedChatClient.Saying(Answer(0.55, 0.12));

        var judgement = await Ensemble(small, arbiter).JudgeAsync(Request, Ct);

        var stats = judgement.Reward!.Stats;
        Assert.Equal(0.55, (double)stats["score"]!, 1e-9);
        Assert.Equal(1, (int)stats["sample_count"]!);
        Assert.Equal(0.1885618, (double)stats["tier1_score_stddev"]!, 1e-6);
        Assert.Equal(0.2, (double)stats["tier1_max_uncertainty"]!, 1e-9);
        Assert.True((bool)judgement.Reward.Reward["judges"]![0]!["escalated"]!);
        Assert.Equal(0.3f, Assert.Single(arbiter.Calls).Options!.Temperature);
        Assert.Equal("arbiter", (string?)judgement.Audit[3]!["stage"]);
    }

    [Fact]
    public async Task Without_an_arbiters_answer_the_first_judgements_stand()
    {
        using var small = ScriptedChatClient.Saying(Answer(0.9), Answer(0.5), Answer(0.9));
        using var arbiter = ScriptedChatClient.Failing("away");

        var judgement = await Ensemble(small, arbiter).JudgeAsync(Request, Ct);

        Assert.Equal(0.7666667, judgement.Score!.Value, 1e-6);
        Assert.Equal("exception_during_arbiter_call", (string?)judgement.Audit[3]!["error"]);
        Assert.False((bool)judgement.Reward!.Reward["judges"]![0]!["escalated"]!);
        Assert.False(judgement.Reward.Stats.ContainsKey("tier1_score_stddev"));
    }

    [Theory]
    [InlineData(0.30, 0)]
    [InlineData(0.31, 1)]
    public async Task Uncertainty_asks_for_the_arbiter_only_above_the_threshold(double uncertainty, int asked)
    {
        using var small = ScriptedChatClient.Saying(Answer(0.8, uncertainty), Answer(0.8), Answer(0.8));
        using var arbiter = ScriptedChatClient.Saying(Answer(0.4));

        await Ensemble(small, arbiter).JudgeAsync(Request, Ct);

        Assert.Equal(asked, arbiter.Calls.Count);
    }

    [Fact]
    public async Task The_callers_cancellation_is_thrown_and_not_judged()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var small = new ScriptedChatClient(async (_, ct) =>
        {
            await source.CancelAsync();
            ct.ThrowIfCancellationRequested();
            return ScriptedChatClient.Text(Answer(1));
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ensemble(small).JudgeAsync(Request, source.Token));
    }

    [Fact]
    public async Task Judging_ends_at_its_time_limit_without_a_reward()
    {
        var clock = new TestClock(TimeSpan.FromSeconds(1));
        var asked = new TaskCompletionSource();
        using var small = new ScriptedChatClient(async (_, ct) =>
        {
            asked.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(ct);
            return ScriptedChatClient.Text(Answer(1));
        });

        var judging = Ensemble(small, options: new JudgeEnsembleOptions { TimeoutSeconds = 30 }, time: clock).JudgeAsync(Request, Ct);
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Contains("The time limit for judging the session was reached", (await judging).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_calls_are_under_way_than_allowed()
    {
        var (under, most) = (0, 0);
        using var small = new ScriptedChatClient(async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref under));
            await Task.Yield();
            Interlocked.Decrement(ref under);
            return ScriptedChatClient.Text(Answer(0.5));
        });
        var judge = Ensemble(small, options: new JudgeEnsembleOptions { MaxParallelCalls = 1 });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => judge.JudgeAsync(Request, Ct)));

        Assert.Equal(60, small.Calls.Count);
        Assert.Equal(1, most);
    }

    [Theory]
    [InlineData("<think>Let me weigh this: {\"score\": 0.1}.</think>\n\n{0}")]
    [InlineData("Weighing it up…</think>{0}")]
    [InlineData("<thinking>\nHm.\n</thinking>\n```json\n{0}\n```")]
    [InlineData("Here is my judgement:\n{0}\nI hope it helps {{you}}.")]
    [InlineData("```\n{0}\n```\nDone.")]
    [InlineData("\uFEFF{0}")]
    [InlineData("First {0} and so, once more: {0}")]
    public async Task A_judge_that_thinks_aloud_or_talks_is_read(string form)
    {
        var answer = form.Replace("{0}", Answer(0.8), StringComparison.Ordinal);
        using var small = ScriptedChatClient.Saying(answer, answer, answer);
        using var arbiter = ScriptedChatClient.Failing("must not be asked");

        Assert.Equal(0.8, (await Ensemble(small, arbiter).JudgeAsync(Request, Ct)).Score!.Value, 1e-9);
        Assert.Empty(arbiter.Calls);
    }

    [Fact]
    public async Task Judgements_that_differ_within_an_answer_are_none()
    {
        var answer = $"{Answer(0.2)} or rather {Answer(0.9)}";
        using var small = ScriptedChatClient.Saying(answer, Answer(0.8), Answer(0.6));

        var judgement = await Ensemble(small).JudgeAsync(Request, Ct);

        Assert.Equal(0.7, judgement.Score!.Value, 1e-9);
        Assert.Contains("several judgements", (string?)judgement.Audit[0]!["unusable"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_judge_can_be_read_the_arbiter_judges()
    {
        using var small = ScriptedChatClient.Saying("I like it.", "<think>never ending", "");
        using var arbiter = ScriptedChatClient.Saying(Answer(0.55));

        var judgement = await Ensemble(small, arbiter).JudgeAsync(Request, Ct);

        Assert.Equal(0.55, judgement.Score!.Value, 1e-9);
        Assert.Equal("tier1_unreadable", (string?)judgement.Reward!.Reward["judges"]![0]!["escalation_reason"]);
        Assert.DoesNotContain("<judgements>", Assert.Single(arbiter.Calls).Messages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judge_without_JSON_mode_is_asked_with_a_schema_and_without_a_temperature_it_refuses()
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .When(request => request.Body.Contains("json_object", StringComparison.Ordinal), Answers.Error(400, "'response_format.type' must be 'json_schema' or 'text'"))
            .When(request => request.Body.Contains("\"temperature\"", StringComparison.Ordinal), Answers.Error(400, "temperature is not supported"))
            .When(_ => true, Answers.OpenAI(Answer(0.8)));
        await using var factory = Providers.Clients.Factory();
        using var client = factory.Create(Providers.Clients.OpenAIAt(server));

        var judgement = await Ensemble(client).JudgeAsync(Request, Ct);

        Assert.Equal(0.8, judgement.Score!.Value, 1e-9);
        var asked = server.Requests[^1].Json.GetProperty("response_format").GetProperty("json_schema");
        Assert.Equal("judgement", asked.GetProperty("name").GetString());
        Assert.Contains("temperature", judgement.Audit[0]!["left_out"]!.ToJsonString(), StringComparison.Ordinal);
    }
}
