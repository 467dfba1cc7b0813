using System.Text;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Proxy.Injection;
using Atlas.Proxy.Requests;
using Atlas.Proxy.Routing;
using Xunit;

namespace Atlas.Proxy.Tests.Injecting;

/// <summary>Where a playbook goes in a body, and that nothing else of the body changes.</summary>
public sealed class InjectorTests
{
    private const string Words = "A \"playbook\"\nwith lines, ümläuts and \\.";

    [Theory]
    [InlineData("chat", "suffix", """{ "model":"m", "messages" : [ {"role":"user","content":"hi"} ] }""", """[{"role":"system","content":"#"}, {"role":"user""")]
    [InlineData("chat", "suffix", """{"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"hi"}]}""", """Be kind.\n\n#"}""")]
    [InlineData("chat", "prefix", """{"messages":[{"content":"Be kind.","role":"system"},{"role":"user","content":"hi"}]}""", """content":"#\n\nBe kind.""")]
    [InlineData("chat", "suffix", """{"messages":[{"role":"system","content":""},{"role":"user","content":"hi"}]}""", """content":"#"}""")]
    [InlineData("chat", "suffix", """{"messages":[{"role":"system","content":"A"},{"role":"developer","content":[{"type":"text","text":"B"}]},{"role":"user","content":"hi"}]}""", """text":"B"},{"type":"text","text":"#"}]}""")]
    [InlineData("chat", "prefix", """{"messages":[{"role":"developer","content":[ {"type":"text","text":"B"}]},{"role":"user","content":"hi"}]}""", """[ {"type":"text","text":"#"},{"type":"text","text":"B"}]""")]
    [InlineData("responses", "suffix", """{"instructions":"Be kind.","input":"hi"}""", """Be kind.\n\n#""")]
    [InlineData("responses", "prefix", """{"input":"hi","instructions":"Be kind."}""", """instructions":"#\n\nBe kind.""")]
    [InlineData("responses", "suffix", """{"input":"hi"}""", """{"instructions":"#","input":"hi"}""")]
    [InlineData("responses", "suffix", """{"instructions": null ,"input":"hi"}""", """{"instructions": "#" ,"input":"hi"}""")]
    [InlineData("responses", "suffix", """{"input":[{"role":"developer","content":"D"},{"role":"user","content":"hi"}],"previous_response_id":"resp_1"}""", """{"instructions":"#","input":""")]
    [InlineData("responses", "suffix", """{"store":false,"input":[{"role":"developer","content":"D"},{"role":"user","content":"hi"}]}""", """content":"D\n\n#"}""")]
    [InlineData("responses", "suffix", """{"store":false,"input":[{"role":"developer","content":[{"type":"input_text","text":"D"}]},{"role":"user","content":"hi"}]}""", """,{"type":"input_text","text":"#"}]""")]
    [InlineData("messages", "prefix", """{"system":"S","messages":[{"role":"user","content":"hi"}]}""", """system":"#\n\nS""")]
    [InlineData("messages", "suffix", """{"system":"S","messages":[{"role":"user","content":"hi"}]}""", """system":[{"type":"text","text":"S","cache_control":{"type":"ephemeral"}},{"type":"text","text":"#","cache_control":{"type":"ephemeral"}}]""")]
    [InlineData("messages", "suffix", """{"messages":[{"role":"user","content":"hi"}]}""", """{"system":[{"type":"text","text":"#","cache_control":{"type":"ephemeral"}}],"messages""")]
    [InlineData("messages", "suffix", """{"system":[],"messages":[{"role":"user","content":"hi"}]}""", """system":[{"type":"text","text":"#","cache_control":{"type":"ephemeral"}}]""")]
    [InlineData("messages", "prefix", """{"system":[{"type":"text","text":"x-anthropic-billing-header: a"},{"type":"text","text":"You are Claude Code, b"},{"type":"text","text":"C"}],"messages":[]}""", """b"},{"type":"text","text":"#"},{"type":"text","text":"C"}]""")]
    [InlineData("messages", "suffix", """{"system":[{"type":"text","text":"x-anthropic-billing-header: a"}],"messages":[]}""", """: a"},{"type":"text","text":"#","cache_control":{"type":"ephemeral"}}]""")]
    public void It_stands_where_the_protocol_has_a_place_for_it(string protocol, string mode, string body, string expected)
    {
        var kind = Enum.Parse<CallKind>(protocol, ignoreCase: true);
        var sent = Inject(body, kind, mode);
        var quoted = JsonEncodedText.Encode(Words, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        Assert.Contains(expected, sent.Replace(quoted, "#", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Undefined, JsonElement.Parse(sent).ValueKind);
        HoldsAllOf(body, sent);
    }

    [Theory]
    [InlineData("""{"system":[{"type":"text","text":"A","cache_control":{"type":"ephemeral"}},{"type":"text","text":"B","cache_control":{"type":"ephemeral"}}],"tools":[{"name":"t","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":[{"type":"text","text":"hi","cache_control":{"type":"ephemeral"}}]}]}""", 4)]
    [InlineData("""{"system":[{"type":"text","text":"A"}],"tools":[{"name":"t","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":[{"type":"text","text":"hi","cache_control":{"type":"ephemeral"}},{"type":"tool_result","tool_use_id":"x","content":[{"type":"text","text":"r","cache_control":{"type":"ephemeral"}}]}]}]}""", 4)]
    [InlineData("""{"system":[{"type":"text","text":"A"}],"messages":[{"role":"user","content":[{"type":"text","text":"hi","cache_control":{"type":"ephemeral"}}]}]}""", 2)]
    [InlineData("""{"system":"A","cache_control":{"type":"ephemeral"},"messages":[{"role":"user","content":"hi"}]}""", 2)]
    [InlineData("""{"system":"A","tools":[{"name":"t","input_schema":{"properties":{"cache_control":{"type":"object"}}}}],"messages":[{"role":"user","content":"hi"}]}""", 2)]
    [InlineData("""{"system":[{"type":"text","text":"A","cache_control":null}],"messages":[{"role":"user","content":"hi"}]}""", 1)]
    public void Markers_of_the_client_stay_and_no_more_than_four_are_sent(string body, int expected)
    {
        var sent = Inject(body, CallKind.Messages, "suffix");
        var markers = sent.Split("\"cache_control\":{\"type\":\"ephemeral\"}").Length - 1;
        Assert.True(expected == markers || body.Contains("cache_control\":null", StringComparison.Ordinal), sent);
        Assert.InRange(markers, 0, 4);
        HoldsAllOf(body, sent);
        Assert.Equal(body.Contains("ttl", StringComparison.Ordinal), sent.Contains("ttl", StringComparison.Ordinal));
    }

    [Fact]
    public void A_marker_of_ours_lasts_as_long_as_those_behind_it()
    {
        const string Body = """{"system":[{"type":"text","text":"A"}],"messages":[{"role":"user","content":[{"type":"text","text":"hi","cache_control":{"type":"ephemeral","ttl":"1h"}}]}]}""";
        Assert.Contains("""{"type":"text","text":"A","cache_control":{"type":"ephemeral","ttl":"1h"}}""", Inject(Body, CallKind.Messages, "suffix"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1,2]")]
    [InlineData("")]
    [InlineData("{\"messages\":[{\"role\":\"user\"")]
    [InlineData("{\"messages\":[]} trailing")]
    public void What_is_no_request_passes_as_it_is(string body) => Assert.Null(RequestScanner.Scan(Encoding.UTF8.GetBytes(body), CallKind.Chat));

    private static string Inject(string body, CallKind kind, string mode)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var scanned = RequestScanner.Scan(bytes, kind)!;
        using var sent = new SplicedBody(bytes, Injector.Splices(scanned, kind, new InjectedBlock(Words, mode == "prefix" ? InjectionMode.Prefix : InjectionMode.Suffix), marks: true));
        using var reader = new StreamReader(sent);
        return reader.ReadToEnd();
    }

    /// <summary>All bytes of the body are there, in their order; a null or an empty text may have given way.</summary>
    private static void HoldsAllOf(string body, string sent)
    {
        var at = 0;
        foreach (var sign in body.Replace(" null ", "  ", StringComparison.Ordinal))
        {
            at = sent.IndexOf(sign, at) + 1;
            Assert.True(at > 0, $"{sent} has lost something of {body}");
        }

        // But where the client's own prompt is marked, one piece was put in, and what is before and behind it is the whole body.
        if (!body.Contains("null", StringComparison.Ordinal) && !sent.Contains("\"A\",\"cache_control", StringComparison.Ordinal) && !sent.Contains("\"S\",\"cache_control", StringComparison.Ordinal))
        {
            var start = body.Zip(sent).TakeWhile(pair => pair.First == pair.Second).Count();
            var end = body.Reverse().Zip(sent.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
            Assert.True(start + end >= body.Length, $"{sent} has {body} in more than two pieces");
        }
    }
}
