using System.Collections.Concurrent;
using System.Collections.Immutable;
using Atlas.Models.Synthesis;
using Xunit;

namespace Atlas.Models.Tests.Synthesis;

/// <summary>Where rewards are dealt out by chance there is nothing to learn, and the synthesizer has to say so.</summary>
public sealed class ChanceTests(ITestOutputHelper output)
{
    private const int Shuffles = 200;

    [Fact]
    public async Task It_is_silent_on_the_order_desk_when_rewards_are_shuffled()
    {
        var sessions = await Samples.OrderDeskAsync();
        await AssertSilentAsync(seed => Samples.Shuffled(sessions, seed));
    }

    [Fact]
    public async Task It_is_silent_on_the_airline_when_rewards_are_shuffled()
    {
        var sessions = await Samples.AirlineAsync();
        await AssertSilentAsync(seed => Samples.Shuffled(sessions, seed));
    }

    [Fact]
    public async Task It_is_silent_on_the_airline_when_whole_tasks_swap_their_rewards()
    {
        var sessions = await Samples.AirlineAsync();
        await AssertSilentAsync(seed => Swapped(sessions, seed));
    }

    /// <summary>Easy tasks stay easy and hard ones hard, but which they are is dealt out anew.</summary>
    private static ImmutableArray<RewardedSession> Swapped(ImmutableArray<RewardedSession> sessions, int seed)
    {
        var tasks = sessions.GroupBy(session => session.Task).Select(task => task.ToList()).ToList();
        var rewards = tasks.Select(task => task.Select(session => session.Score).ToList()).ToArray();
        Assert.Single(rewards.Select(scores => scores.Count).Distinct());
        new Random(seed).Shuffle(rewards);
        var scores = tasks.SelectMany((task, t) => task.Select((session, run) => (session.Id, Score: rewards[t][run]))).ToDictionary(pair => pair.Id, pair => pair.Score);
        return [.. sessions.Select(session => session with { Score = scores[session.Id] })];
    }

    private async Task AssertSilentAsync(Func<int, ImmutableArray<RewardedSession>> deal)
    {
        var answers = new ConcurrentBag<int>();
        await Parallel.ForEachAsync(Enumerable.Range(1, Shuffles), async (seed, _) =>
        {
            if (!(await Samples.AskAsync(Samples.Request(deal(seed)))).NothingToSay)
            {
                answers.Add(seed);
            }
        });

        var spoke = answers.Order().ToList();
        output.WriteLine($"Spoke in {spoke.Count} of {Shuffles} shuffles, seeds {string.Join(", ", spoke)}.");
        Assert.True(spoke.Count <= Shuffles / 20, $"Spoke in {spoke.Count} of {Shuffles} shuffles, seeds {string.Join(", ", spoke)}.");
    }
}
