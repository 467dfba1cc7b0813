using System.Text.Json.Nodes;
using Atlas.Configuration.Agents;
using Atlas.Learning.Options;
using Atlas.Runtime.Agents.Digest;
using Xunit;

namespace Atlas.Run.Tests.Agents;

public sealed class MetadataDigestTests
{
    private static readonly MetadataDigestOptions Defaults = new();

    [Fact]
    public void Nothing_to_show_is_no_message() => Assert.Null(MetadataDigest.Of(
        new JsonObject { ["tenant_id"] = "acme" }, Defaults, LlmProvider.OpenAI));

    [Fact]
    public void Only_the_keys_that_are_named_are_shown() => Assert.EndsWith(
        """{"session":{"source":"nightly","notes":"Be brief."}}""",
        MetadataDigest.Of(
            new JsonObject { ["notes"] = "Be brief.", ["secret"] = "x", ["source"] = "nightly" }, Defaults, LlmProvider.OpenAI),
        StringComparison.Ordinal);

    [Fact]
    public void Plan_steps_and_history_are_cut_to_their_numbers()
    {
        var digest = Read(MetadataDigest.Of(
            new JsonObject
            {
                ["plan"] = new JsonObject { ["steps"] = Numbers(9) },
                ["steps"] = Numbers(9),
                ["learning_history"] = new JsonObject { ["entries"] = Numbers(9) },
            },
            Defaults,
            LlmProvider.OpenAI));

        Assert.Equal("[1,2,3,4,5]", digest["plan"]!.ToJsonString());
        Assert.Equal("[5,6,7,8,9]", digest["recent_steps"]!.ToJsonString());
        Assert.Equal("[7,8,9]", digest["learning"]!.ToJsonString());
    }

    [Fact]
    public void Too_much_is_left_out_in_order_and_the_budget_holds()
    {
        var metadata = new JsonObject
        {
            ["notes"] = new string('n', 900),
            ["plan"] = new JsonObject { ["steps"] = new JsonArray(new string('p', 900)) },
            ["learning_history"] = new JsonObject { ["entries"] = new JsonArray(new string('h', 900)) },
        };

        var two = MetadataDigest.Of(metadata, Defaults with { CharBudget = 2100 }, LlmProvider.OpenAI)!;
        var one = MetadataDigest.Of(metadata, Defaults with { CharBudget = 1100 }, LlmProvider.OpenAI)!;

        Assert.InRange(two.Length, 1, 2100);
        Assert.InRange(one.Length, 1, 1100);
        Assert.Equal(["session", "plan"], Read(two).Select(section => section.Key));
        Assert.Equal(["session"], Read(one).Select(section => section.Key));
    }

    [Fact]
    public void Long_texts_and_long_sections_are_cut()
    {
        var digest = Read(MetadataDigest.Of(
            new JsonObject
            {
                ["notes"] = new string('n', 5000),
                ["triage_dossier"] = new JsonArray([.. Enumerable.Range(0, 900).Select(number => (JsonNode)$"risk {number}")]),
            },
            Defaults with { MaxStringChars = 200, MaxSectionChars = 600 },
            LlmProvider.Anthropic));

        Assert.Equal(200, ((string)digest["session"]!["notes"]!).Length);
        Assert.Equal(600, ((string)digest["session"]!["triage_dossier"]!).Length);
    }

    [Fact]
    public void Switched_off_the_metadata_goes_whole() => Assert.EndsWith(
        """{"secret":"x"}""",
        MetadataDigest.Of(new JsonObject { ["secret"] = "x" }, Defaults with { Enabled = false }, LlmProvider.OpenAI),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(LlmProvider.Anthropic, 20_000)]
    [InlineData(LlmProvider.OpenAI, 12_800)]
    [InlineData(LlmProvider.Gemini, 100_000)]
    [InlineData(LlmProvider.Google, 12_000)]
    public void The_budget_follows_the_provider(LlmProvider provider, int budget) =>
        Assert.Equal(budget, MetadataDigest.Budget(Defaults, provider));

    private static JsonArray Numbers(int count) => [.. Enumerable.Range(1, count).Select(number => (JsonNode)number)];

    private static JsonObject Read(string? digest) => JsonNode.Parse(digest![digest!.IndexOf('{', StringComparison.Ordinal)..])!.AsObject();
}
