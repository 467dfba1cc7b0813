using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Drift;
using Atlas.Learning.Evidence;
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

        Assert.Equal("""{"ranges":"~3 3 3-2","forgotten_up_to":0}""", JsonSerializer.Serialize(set, AtlasJson.Options));
    }

    [Fact]
    public void Ids_are_read_as_they_were_written() =>
        Gen.Long[-3, long.MaxValue - 1].List[0, 300].Sample(ids =>
        {
            var set = ids.Aggregate(SessionIdSet.Empty, (set, id) => set.Add(id));
            return JsonSerializer.Deserialize<SessionIdSet>(JsonSerializer.Serialize(set, AtlasJson.Options), AtlasJson.Options) == set;
        });

    [Theory]
    [InlineData("""{"ranges":"3 9-12","forgotten_up_to":2}""")]
    [InlineData("""{"ranges":[{"first":3,"last":3},{"first":9,"last":12}],"forgotten_up_to":2}""")]
    public void Ids_of_an_older_state_are_read(string json)
    {
        var set = JsonSerializer.Deserialize<SessionIdSet>(json, AtlasJson.Options)!;

        Assert.Equal([new SessionIdRange(3, 3), new SessionIdRange(9, 12)], set.Ranges);
        Assert.Equal(2, set.ForgottenUpTo);
    }

    [Fact]
    public void Rewards_are_written_as_a_short_text()
    {
        var window = DriftWindow.Empty.Add(new(153, 0.75, 0.125, 0.0625), 50).Add(new(156, 1, null, null), 50);

        Assert.Equal("""{"samples":"~153 0.75 0.125 0.0625,3 1 - -"}""", JsonSerializer.Serialize(window, AtlasJson.Options));
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

    [Theory]
    [InlineData("""{"samples":"7 0.5 - 0.25,9 1 - -"}""")]
    [InlineData("""{"samples":[{"session_id":7,"score":0.5,"uncertainty":null,"best_uncertainty":0.25},{"session_id":9,"score":1,"uncertainty":null,"best_uncertainty":null}]}""")]
    public void Rewards_of_an_older_state_are_read(string json)
    {
        var window = JsonSerializer.Deserialize<DriftWindow>(json, AtlasJson.Options)!;

        Assert.Equal([new RewardSample(7, 0.5, null, 0.25), new(9, 1, null, null)], window.Samples);
    }

    [Fact]
    public void Bounds_are_written_as_a_short_text()
    {
        Assert.Equal(
            "1 0.5 0.2 0.1 3 100 20 0.1 0.1 0.5 1500 4 4 1000 0.05 100",
            JsonSerializer.SerializeToNode(KeyTrials.Of(new()), AtlasJson.Options)!["rules"]!.GetValue<string>());
    }

    [Fact]
    public void Every_bound_is_read_as_it_was_written()
    {
        // Another value for every bound, so that none can be forgotten or taken for another one.
        var members = JsonSerializer.SerializeToNode(new EvidenceOptions(), AtlasJson.Options)!.AsObject();
        var number = 0;
        foreach (var name in members.Select(member => member.Key).ToArray())
        {
            members[name] = members[name]!.GetValueKind() is JsonValueKind.True ? false : ++number + (name is "canary_sessions" or "max_on_trial" or "alarm_reference" ? 0 : 0.1);
        }

        var rules = members.Deserialize<EvidenceOptions>(AtlasJson.Options)!;
        var json = JsonSerializer.Serialize(KeyTrials.Of(rules), AtlasJson.Options);

        Assert.Equal(rules, JsonSerializer.Deserialize<KeyTrials>(json, AtlasJson.Options)!.Rules);
    }

    [Fact]
    public void Bounds_of_an_older_state_are_read()
    {
        var rules = new EvidenceOptions { Margin = 0.3, MaxOnTrial = 7 };
        var older = JsonSerializer.SerializeToNode(KeyTrials.Of(rules), AtlasJson.Options)!;
        older["rules"] = JsonSerializer.SerializeToNode(rules, AtlasJson.Options);

        Assert.Equal(rules, older.Deserialize<KeyTrials>(AtlasJson.Options)!.Rules);
    }

    [Theory]
    [InlineData("1 0.5 x")]
    [InlineData("1 0.5 0.2 0.1 3 100 20 0.1 0.1 0.5 1500 4 4 1000 0.05 100 1")]
    public void Bounds_of_another_form_are_refused(string text)
    {
        var stored = JsonSerializer.SerializeToNode(KeyTrials.Of(new()), AtlasJson.Options)!;
        stored["rules"] = text;

        Assert.Throws<JsonException>(() => stored.Deserialize<KeyTrials>(AtlasJson.Options));
    }
}
