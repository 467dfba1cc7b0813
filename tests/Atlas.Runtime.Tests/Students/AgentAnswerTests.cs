using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Models.Providers;
using Atlas.Runtime.Agents;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Runtime.Tests.Students;

public class AgentAnswerTests
{
    [Theory]
    [InlineData("""{"tool_calls":[{"name":"price","arguments":{"id":7},"id":"a"}]}""")]
    [InlineData("""{"content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"price","arguments":"{\"id\":7}"}}]}""")]
    [InlineData("""{"content":"","tool_calls":[{"id":"a","name":"price","args":{"id":7}}],"usage":{}}""")]
    public void Calls_of_tools_are_read_in_every_form(string json)
    {
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(AgentAnswer.Read(json).Contents));

        Assert.Equal(("a", "price", "7"), (call.CallId, call.Name, call.Arguments!["id"]!.ToString()));
    }

    [Fact]
    public void Usage_is_read_under_both_names_and_cut_to_whole_numbers()
    {
        var update = AgentAnswer.Read("""{"content":"Done.","usage":{"prompt_tokens":12.9,"output_tokens":8}}""");

        var usage = TokenUsage.Of(update.Contents.OfType<UsageContent>().Single().Details);
        Assert.Equal(new TokenUsage(1, 12, 8), usage);
        Assert.Equal("Done.", update.Text);
    }

    [Theory]
    [InlineData("""{"content":"x","colour":"red"}""")]
    [InlineData("""{"answer":1}""")]
    [InlineData("""{"content":""")]
    [InlineData("plain")]
    [InlineData("[1]")]
    public void What_is_no_message_is_text(string text) => Assert.Equal(text, AgentAnswer.Read(text).Text);

    [Fact]
    public void Half_a_character_in_a_message_becomes_a_whole_one()
    {
        Assert.Equal("Done \uFFFD", AgentAnswer.Read("""{"content":"Done \ud83d"}""").Text);
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(AgentAnswer.Read("""{"tool_calls":[{"id":"a","name":"price","arguments":"{\"q\":\"\\ud83d\"}"}]}""").Contents));
        Assert.Equal("\uFFFD", call.Arguments!["q"]!.ToString());
    }

    [Fact]
    public void A_message_with_a_member_twice_is_text() =>
        Assert.Equal("""{"content":"a","content":"b"}""", AgentAnswer.Read("""{"content":"a","content":"b"}""").Text);

    [Fact]
    public void Values_that_are_no_text_become_their_JSON()
    {
        Assert.Equal("""{"a":[1]}""", AgentAnswer.Read(JsonNode.Parse("""{"a":[1]}""")).Text);
        Assert.Equal("7", AgentAnswer.Read(JsonValue.Create(7)).Text);
        Assert.Equal("", AgentAnswer.Read((JsonNode?)null).Text);
    }
}
