using System.Text.Json.Nodes;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Students;
using Xunit;

namespace Atlas.Runtime.Tests.Students;

public class ReplyJsonTests
{
    [Fact]
    public void Half_a_character_in_an_answer_becomes_a_whole_one() =>
        Assert.Equal("Done \uFFFD", FinalAnswer.Of("""{"final_answer": "Done \ud83d"}"""));

    [Theory]
    [InlineData("""{"a": "\ud83d",}""")]
    [InlineData("```json\n{\"a\": \"\\ud83d\"}\n```")]
    [InlineData("""The plan is {"a": "\ud83d"} as asked.""")]
    public void It_does_so_wherever_the_JSON_is(string text) =>
        Assert.Equal("\uFFFD", Assert.IsType<JsonObject>(ReplyJson.Find(text))["a"]!.GetValue<string>());

    [Fact]
    public void Whole_characters_and_deep_values_are_kept()
    {
        var nested = string.Concat(Enumerable.Repeat("[", 40)) + "\"\\ud83d\\ude00\"" + new string(']', 40);
        JsonNode? inner = ReplyJson.Find($"{{\"a\": {nested}}}")!["a"];
        while (inner is JsonArray list)
        {
            inner = Assert.Single(list);
        }

        Assert.Equal("\U0001F600", inner!.GetValue<string>());
    }

    [Fact]
    public void An_object_with_a_member_twice_is_no_answer() => Assert.Null(ReplyJson.Find("""{"a": 1, "a": 2}"""));
}
