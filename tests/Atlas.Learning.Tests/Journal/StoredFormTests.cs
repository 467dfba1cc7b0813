using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Drift;
using Atlas.Learning.Journal;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Journal;

/// <summary>The parts of a state that are written without names.</summary>
public sealed class StoredFormTests
{
    private static readonly Gen<double?> Figure = Gen.OneOf(
        Gen.Const((double?)null), Gen.Double[0, 1].Select(value => (double?)value), Gen.OneOf([.. new double?[] { 0, 1, 0.1, 1e-300, -2.5 }.Select(Gen.Const)]));

    [Fact]
    public void Ids_are_written_as_a_short_text()
    {
        var set = new long[] { 3, 9, 10, 11, 6 }.Aggregate(SessionIdSet.Empty, (set, id) => set.Add(id));

        Assert.Equal("""{"ranges":"3 6 9-11","forgotten_up_to":0}""", JsonSerializer.Serialize(set, AtlasJson.Options));
    }

    [Fact]
    public void Ids_are_read_as_they_were_written() =>
        Gen.Long[-3, long.MaxValue - 1].List[0, 300].Sample(ids =>
        {
            var set = ids.Aggregate(SessionIdSet.Empty, (set, id) => set.Add(id));
            return JsonSerializer.Deserialize<SessionIdSet>(JsonSerializer.Serialize(set, AtlasJson.Options), AtlasJson.Options) == set;
        });

    [Fact]
    public void Ids_of_an_older_state_are_read()
    {
        var set = JsonSerializer.Deserialize<SessionIdSet>(
            """{"ranges":[{"first":3,"last":3},{"first":9,"last":12}],"forgotten_up_to":2}""", AtlasJson.Options)!;

        Assert.Equal([new SessionIdRange(3, 3), new SessionIdRange(9, 12)], set.Ranges);
        Assert.Equal(2, set.ForgottenUpTo);
    }

    [Fact]
    public void Rewards_are_written_as_a_short_text()
    {
        var window = DriftWindow.Empty.Add(new(153, 0.75, 0.125, 0.0625), 50).Add(new(156, 1, null, null), 50);

        Assert.Equal("""{"samples":"153 0.75 0.125 0.0625,156 1 - -"}""", JsonSerializer.Serialize(window, AtlasJson.Options));
    }

    [Fact]
    public void Rewards_are_read_as_they_were_written() =>
        Gen.Select(Gen.Long[1, long.MaxValue], Figure, Figure, Figure).List[0, 200].Sample(rewards =>
        {
            var window = new DriftWindow
            {
                Samples = [.. rewards.Select(reward => new RewardSample(reward.Item1, reward.Item2, reward.Item3, reward.Item4))],
            };
            var read = JsonSerializer.Deserialize<DriftWindow>(JsonSerializer.Serialize(window, AtlasJson.Options), AtlasJson.Options)!;
            return read.Samples.SequenceEqual(window.Samples);
        });

    [Fact]
    public void Rewards_of_an_older_state_are_read()
    {
        var window = JsonSerializer.Deserialize<DriftWindow>(
            """{"samples":[{"session_id":7,"score":0.5,"uncertainty":null,"best_uncertainty":0.25}]}""", AtlasJson.Options)!;

        Assert.Equal([new RewardSample(7, 0.5, null, 0.25)], window.Samples);
    }
}
