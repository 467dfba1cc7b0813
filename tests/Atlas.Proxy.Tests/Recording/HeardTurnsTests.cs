using System.Text;
using Atlas.Proxy.Recording;
using Atlas.Proxy.Routing;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Proxy.Tests.Recording;

/// <summary>What is read of a conversation that every call repeats: each text of the user once, and all that tools returned.</summary>
public sealed class HeardTurnsTests
{
    private readonly HeardTurns _heard = new();

    [Fact]
    public void A_text_of_the_user_is_read_once_whichever_call_repeats_it()
    {
        const string First = """{"role":"system","content":"Be kind."},{"role":"user","content":"one"}""";
        Assert.Equal(["one"], Texts(First));
        Assert.Equal(["two"], Texts(First + """,{"role":"assistant","content":"Yes."},{"role":"user","content":[{"type":"text","text":"two"}]}"""));
        Assert.Empty(Texts("""{"role":"user","content":[{"type":"text","text":"two"}]},{"role":"user","content":"one"}"""));
    }

    [Fact]
    public void What_a_tool_returned_is_read_each_time()
    {
        const string Turns = """
            {"role":"user","content":[{"type":"text","text":"look"},{"type":"tool_result","tool_use_id":"call_1","content":"found"}]},
            {"role":"assistant","content":"Then.","tool_calls":[{"id":"call_2","function":{"name":"search","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"call_2","content":"nothing"}
            """;
        for (var call = 0; call < 2; call++)
        {
            var contents = Read(Turns).SelectMany(message => message.Contents).ToList();
            Assert.Equal(["call_1", "call_2"], contents.OfType<FunctionResultContent>().Select(result => result.CallId));
            Assert.Equal(["search"], contents.OfType<FunctionCallContent>().Select(used => used.Name));
        }
    }

    [Fact]
    public void Other_content_than_text_is_read_each_time()
    {
        const string Turn = """{"role":"user","content":[{"type":"text","text":"this"},{"type":"image_url","image_url":{"url":"data:,x"}}]}""";
        Assert.Equal(["this"], Texts(Turn));
        Assert.Equal(["this"], Texts(Turn));
    }

    private string[] Texts(string turns) => [.. Read(turns).Select(message => message.Text)];

    private List<ChatMessage> Read(string turns) => RequestMessages.Read(Encoding.UTF8.GetBytes($$"""{"messages":[{{turns}}]}"""), CallKind.Chat, _heard.Repeats);
}
