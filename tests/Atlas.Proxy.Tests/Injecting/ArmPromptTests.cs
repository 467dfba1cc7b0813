using System.Text;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Proxy.Injection;
using Atlas.Proxy.Requests;
using Atlas.Proxy.Routing;
using Xunit;

namespace Atlas.Proxy.Tests.Injecting;

/// <summary>Where the system prompt of an experiment's arm goes in a body.</summary>
public sealed class ArmPromptTests
{
    private const string Around = "Be brief. {base_prompt} Say \"please\".";
    private const string Instead = "Be brief.";

    [Theory]
    [InlineData("chat", Around, """{"messages":[{"role":"system","content":"Help."},{"role":"user","content":"hi"}]}""", """{"messages":[{"role":"system","content":"Be brief. Help. Say \"please\"."},{"role":"user","content":"hi"}]}""")]
    [InlineData("chat", Instead, """{"messages":[{"role":"system","content":"Help."},{"role":"user","content":"hi"}]}""", """{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"hi"}]}""")]
    [InlineData("chat", Instead, """{ "messages": [ {"role":"user","content":"hi"}]}""", """{ "messages": [{"role":"system","content":"Be brief."}, {"role":"user","content":"hi"}]}""")]
    [InlineData("chat", Around, """{"messages":[{"role":"developer","content":[{"type":"text","text":"A"},{"type":"text","text":"B"}]}]}""", """{"messages":[{"role":"developer","content":[{"type":"text","text":"Be brief."},{"type":"text","text":"A"},{"type":"text","text":"B"},{"type":"text","text":"Say \"please\"."}]}]}""")]
    [InlineData("responses", Around, """{"instructions":"Help.","input":"hi"}""", """{"instructions":"Be brief. Help. Say \"please\".","input":"hi"}""")]
    [InlineData("responses", Instead, """{"input":"hi","previous_response_id":"resp_1"}""", """{"instructions":"Be brief.","input":"hi","previous_response_id":"resp_1"}""")]
    [InlineData("responses", Instead, """{"instructions":null,"input":"hi"}""", """{"instructions":"Be brief.","input":"hi"}""")]
    [InlineData("responses", Around, """{"input":[{"role":"developer","content":"Help."},{"role":"user","content":"hi"}]}""", """{"input":[{"role":"developer","content":"Be brief. Help. Say \"please\"."},{"role":"user","content":"hi"}]}""")]
    [InlineData("messages", Around, """{"system":"Help.","messages":[]}""", """{"system":"Be brief. Help. Say \"please\".","messages":[]}""")]
    [InlineData("messages", Instead, """{"messages":[{"role":"user","content":"hi"}]}""", """{"system":"Be brief.","messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("messages", Instead, """{"system":[],"messages":[]}""", """{"system":[{"type":"text","text":"Be brief."}],"messages":[]}""")]
    [InlineData("messages", Around, """{"system":[{"type":"text","text":"A","cache_control":{"type":"ephemeral"}}],"messages":[]}""", """{"system":[{"type":"text","text":"Be brief."},{"type":"text","text":"A","cache_control":{"type":"ephemeral"}},{"type":"text","text":"Say \"please\"."}],"messages":[]}""")]
    [InlineData("messages", Instead, """{"system":[{"type":"text","text":"You are Claude Code, b"},{"type":"text","text":"A"},{"type":"text","text":"B"}],"messages":[]}""", """{"system":[{"type":"text","text":"You are Claude Code, b"},{"type":"text","text":"Be brief."}],"messages":[]}""")]
    [InlineData("messages", Instead, """{"system":[{"type":"text","text":"You are Claude Code, b"}],"messages":[]}""", """{"system":[{"type":"text","text":"You are Claude Code, b"},{"type":"text","text":"Be brief."}],"messages":[]}""")]
    [InlineData("messages", "{base_prompt} Again: {base_prompt}", """{"system":[{"type":"text","text":"A"},{"type":"text","text":"B"}],"messages":[]}""", """{"system":[{"type":"text","text":"A"},{"type":"text","text":"B"},{"type":"text","text":"Again: A\n\nB"}],"messages":[]}""")]
    [InlineData("chat", Instead, """{"messages":[]}""", """{"messages":[]}""")]
    [InlineData("messages", Instead, """{"system":7,"messages":[]}""", """{"system":7,"messages":[]}""")]
    public void It_takes_the_place_of_the_clients_own_and_every_other_byte_stays(string protocol, string template, string body, string expected)
    {
        var (kind, bytes) = (Enum.Parse<CallKind>(protocol, ignoreCase: true), Encoding.UTF8.GetBytes(body));
        var (written, scanned) = ArmPrompt.Apply(bytes, RequestScanner.Scan(bytes, kind)!, kind, new ArmSettings { SystemPrompt = template });
        Assert.Equal(expected.Replace("\\\"", "\"", StringComparison.Ordinal), Encoding.UTF8.GetString(written.Span).Replace("\\\"", "\"", StringComparison.Ordinal));
        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(written.Span).ValueKind);

        // The playbook goes around the arm's prompt, as it goes around the client's own.
        var splices = Injector.Splices(scanned, kind, new InjectedBlock("#", InjectionMode.Prefix), marks: false);
        using var reader = new StreamReader(new SplicedBody(written, splices));
        var sent = reader.ReadToEnd();
        Assert.True(splices.Count == 0 || sent.IndexOf('#', StringComparison.Ordinal) < sent.IndexOf("Be brief.", StringComparison.Ordinal) || !template.Contains("Be brief.", StringComparison.Ordinal), sent);
    }

    [Fact]
    public void Without_an_arm_the_body_is_the_one_that_came()
    {
        ReadOnlyMemory<byte> body = Encoding.UTF8.GetBytes("""{"messages":[{"role":"user","content":"hi"}]}""");
        var scanned = RequestScanner.Scan(body.Span, CallKind.Chat)!;
        Assert.Equal((body, scanned), ArmPrompt.Apply(body, scanned, CallKind.Chat, null));
        Assert.Equal((body, scanned), ArmPrompt.Apply(body, scanned, CallKind.Chat, new ArmSettings { Model = "other" }));
    }
}
