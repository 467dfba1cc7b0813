using System.Text.Json.Nodes;
using Xunit;

namespace Atlas.Import.Tests.TauBench;

public sealed class WhitelistTests
{
    [Fact]
    public async Task Nothing_of_a_record_comes_through_but_what_the_agent_saw_or_said()
    {
        var record = TauRecord.Good();
        var planted = 0;
        Plant(record, ref planted);

        var run = Assert.Single(await TauRecord.ReadAsync(record)).Run;

        Assert.NotNull(run);
        Assert.True(planted > 20, $"Only {planted} sentinels were planted.");
        var through = string.Join('\n', [run.Task, run.Metadata.GetRawText(), run.FinalAnswer!, run.ExternalId, .. run.Events.Select(item => item.GetRawText())]);
        Assert.DoesNotContain("SENTINEL", through, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Reference_answers_do_not_even_change_the_identity()
    {
        var record = TauRecord.Good();
        var other = TauRecord.Good();
        var planted = 0;
        Plant(other, ref planted);

        var read = await TauRecord.ReadAsync(record, other);

        Assert.Equal(read[0].Run!.ExternalId, read[1].Run!.ExternalId);
        Assert.Equal(read[0].Run!.Events.Select(item => item.GetRawText()), read[1].Run!.Events.Select(item => item.GetRawText()));
    }

    /// <summary>Adds a sentinel to every object, and those fields of the format that hold answers.</summary>
    private static void Plant(JsonNode node, ref int planted)
    {
        switch (node)
        {
            case JsonObject owner:
                foreach (var child in owner.Select(pair => pair.Value).OfType<JsonNode>().ToList())
                {
                    Plant(child, ref planted);
                }

                foreach (var key in (string[])["actions", "outputs", "reward_info", "gt_data_hash", "reasoning", "user_id", "logprobs", "notes"])
                {
                    owner[key] = new JsonObject { [$"sentinel_key_{planted}"] = $"SENTINEL {planted++}" };
                }

                break;
            case JsonArray list:
                foreach (var child in list.OfType<JsonNode>().ToList())
                {
                    Plant(child, ref planted);
                }

                break;
        }
    }
}
