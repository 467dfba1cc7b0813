using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>What reward a task is expected to get.</summary>
public sealed class TaskExpectationTests
{
    private static readonly Gen<(string? Task, double Reward)> Session =
        Gen.Select(Gen.Int[0, 9], Gen.Double[0, 1]).Select((task, reward) => ((string?)(task == 0 ? null : $"task {task},é"), reward));

    [Fact]
    public void Without_sessions_any_task_is_expected_to_get_one_half() => Assert.Equal(0.5, TaskExpectation.None.Of("a"));

    [Fact]
    public void A_task_that_always_fails_is_not_expected_to_get_nothing()
    {
        var expectation = Enumerable.Range(0, 500).Aggregate(TaskExpectation.None, (sum, i) => sum.Add("a", 0, i));
        Assert.Equal(0.02, expectation.Of("a"));
    }

    [Fact]
    public void Sessions_in_any_order_are_the_same_state() =>
        Gen.Select(Session.Array[0, 60], Gen.Int).Sample((sessions, seed) =>
        {
            var numbered = sessions.Select((session, index) => ((string?)session.Task, session.Reward, Number: (long)index)).ToArray();
            var shuffled = numbered.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Bytes(Of(numbered)) == Bytes(Of(shuffled));
        });

    [Fact]
    public void What_was_written_is_read_again_as_it_was() =>
        Session.Array[0, 30].Sample(sessions =>
        {
            var written = Bytes(Of(sessions.Select((session, index) => ((string?)session.Task, session.Reward, Number: (long)index * 7))));
            return Bytes(JsonSerializer.Deserialize<TaskExpectation>(written, AtlasJson.Options)!) == written;
        });

    [Fact]
    public void Only_the_tasks_seen_last_are_kept_and_the_mean_of_the_key_stays_exact()
    {
        var expectation = TaskExpectation.None;
        for (var i = 0; i < 2000; i++)
        {
            expectation = expectation.Add($"{i:x16}", i % 2, i);
        }

        Assert.Equal(TaskExpectation.Remembered, expectation.Tasks.Count);
        Assert.Equal(0.5, expectation.Mean);
        Assert.Equal(expectation.Mean, expectation.Of($"{3:x16}"));
        Assert.NotEqual(expectation.Mean, expectation.Of($"{1999:x16}"));
        Assert.InRange(Bytes(expectation).Length, 1000, TaskExpectation.Remembered * 32);
    }

    [Fact]
    public void Taking_sessions_out_and_putting_them_back_leaves_no_trace_also_where_tasks_were_forgotten()
    {
        const int Seed = 20261128;
        var random = new Random(Seed);
        var sessions = Enumerable.Range(0, 4000).Select(i => (Task: (string?)$"t{random.Next(900)}", Reward: random.NextDouble(), Number: (long)i)).ToArray();
        var expectation = Of(sessions);
        Assert.NotEqual(long.MinValue, expectation.Forgotten);
        var before = Bytes(expectation);
        var taken = sessions.Where(_ => random.Next(3) == 0).ToArray();
        random.Shuffle(taken);
        expectation = taken.Aggregate(expectation, (sum, session) => sum.Remove(session.Task, session.Reward, session.Number));
        Assert.True(Bytes(expectation) != before, $"seed {Seed}");
        Assert.All(expectation.Tasks.Values, task => Assert.True(task.Count >= 0 && task.Sum >= 0 && task.Sum <= task.Count, $"seed {Seed}"));
        random.Shuffle(taken);
        expectation = taken.Aggregate(expectation, (sum, session) => sum.Add(session.Task, session.Reward, session.Number));
        Assert.True(Bytes(expectation) == before, $"seed {Seed}");
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_reward_outside_its_range_is_refused(double reward) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TaskExpectation.None.Add("a", reward, 1));

    private static TaskExpectation Of(IEnumerable<(string? Task, double Reward, long Number)> sessions) =>
        sessions.Aggregate(TaskExpectation.None, (sum, session) => sum.Add(session.Task, session.Reward, session.Number));

    private static string Bytes(TaskExpectation expectation) => JsonSerializer.Serialize(expectation, AtlasJson.Options);
}
