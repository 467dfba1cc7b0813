using System.Collections.Concurrent;
using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Learning.Rewards;
using Atlas.Models.Judges;
using Xunit;

namespace Atlas.Runtime.Tests.RealSilo;

public class JudgeTests
{
    [Fact]
    public async Task The_silos_judge_sees_what_the_runtime_recorded_and_its_reward_comes_back_with_the_result()
    {
        var judge = new DeskJudge();
        await using var desk = await RunningDesk.StartAsync(judge);

        var result = await desk.Runtime(SupervisionMode.Coach).RunAsync(RunningDesk.Request() with { Evaluator = null });

        Assert.Equal((SessionStatus.Succeeded, 0.8), (result.Status, result.Reward?.Score));
        var seen = Assert.Single(judge.Seen);
        Assert.Equal((result.Answer, "coach", true), (seen.FinalAnswer, seen.ExecutionMode, seen.TeacherIntervened));
        Assert.Equal([1, 2], seen.Steps.Select(step => step.Id));
        Assert.All(seen.Steps, step => Assert.Contains("AI: ", step.Trace, StringComparison.Ordinal));
        Assert.Equal(1, result.PlaybookAfter!.Version);
    }

    [Fact]
    public async Task Without_a_reward_the_result_says_why()
    {
        var judge = new DeskJudge { Problem = "The judge has no opinion." };
        await using var desk = await RunningDesk.StartAsync(judge);

        var result = await desk.Runtime(SupervisionMode.Auto).RunAsync(
            RunningDesk.Request() with { Evaluator = null, RewardPatience = TimeSpan.FromSeconds(1), LearningPatience = TimeSpan.Zero });

        Assert.Equal(SessionStatus.Succeeded, result.Status);
        Assert.Null(result.Reward);
        Assert.False(string.IsNullOrEmpty(result.RewardAbsent));
    }

    private sealed class DeskJudge : IJudge
    {
        public string Name => "desk";

        public ConcurrentQueue<JudgeRequest> Seen { get; } = new();

        public string? Problem { get; init; }

        public Task<Judgement> JudgeAsync(JudgeRequest request, CancellationToken ct)
        {
            Seen.Enqueue(request);
            return Task.FromResult(Problem is { } problem
                ? Judgement.None(problem)
                : new Judgement { Reward = RewardRecords.Single(0.8, 0.1, Name, "Good work.", DateTimeOffset.UnixEpoch) });
        }
    }
}
