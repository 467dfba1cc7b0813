using System.Text.Json;
using Atlas.Proxy.Tests.Harness;
using Xunit;

namespace Atlas.Proxy.Tests.Clients;

/// <summary>Requests of the shapes that coding agents send, as they were seen.</summary>
public sealed class AgentShapeTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private const string Words = "Check the date first.";

    private House House => shared.House;

    [Fact]
    public async Task Codex_sends_developer_messages_and_stores_nothing()
    {
        House.Upstream.Answer = (context, _) => Turns.Say("responses", true, "Done. ")(context);
        var (session, sent) = await SendAsync(
            "openai/v1/responses",
            """
            {"model":"gpt-5.1","stream":true,"input":[
              {"type":"message","role":"developer","content":[{"type":"input_text","text":"You are Codex."}]},
              {"type":"message","role":"developer","content":[{"type":"input_text","text":"<permissions>read-only</permissions>"},{"type":"input_text","text":"<skills/>"}]},
              {"type":"message","role":"user","content":[{"type":"input_text","text":"<environment_context>\n<cwd>/tmp</cwd>\n</environment_context>"}]},
              {"type":"message","role":"user","content":[{"type":"input_text","text":"Say hi"}]}],
             "tools":[{"type":"function","name":"exec_command","parameters":{"type":"object"}},{"type":"namespace","name":"multi_agent_v1"}],"tool_choice":"auto","parallel_tool_calls":true,
             "reasoning":{"summary":"auto"},"store":false,"include":["reasoning.encrypted_content"],"prompt_cache_key":"01a22d7a-237b-70b1-95e7-b4206ce6411c","client_metadata":{"session_id":"01a22d7a"}}
            """,
            ("session-id", "01a22d7a-237b-70b1-95e7-b4206ce6411c"), ("thread-id", "01a22d7a-237b-70b1-95e7-b4206ce6411c"), ("accept-encoding", "zstd,gzip"), ("originator", "codex_exec"));
        Assert.False(sent.Json.TryGetProperty("instructions", out _));
        Assert.Contains(Words, sent.Json.GetProperty("input")[0].GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("gzip", sent.Header("accept-encoding"));
        Assert.Equal(("Say hi", "session-id"), await OfAsync(session));
    }

    [Fact]
    public async Task Claude_Code_marks_three_blocks_itself_and_needs_two_at_the_beginning()
    {
        House.Upstream.Answer = (context, _) => Turns.Say("messages", true, "Done. ")(context);
        var (session, sent) = await SendAsync(
            "anthropic/v1/messages?beta=true",
            """
            {"model":"claude-opus-4-8","messages":[{"role":"user","content":[{"type":"text","text":"<system-reminder>\nAs you answer, you can use the following context.\n</system-reminder>\n"},
              {"type":"text","text":"Say hi","cache_control":{"type":"ephemeral"}}]},{"role":"system","content":"Available agent types."}],
             "system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2.1.197; cc_entrypoint=sdk-cli;"},
              {"type":"text","text":"You are a Claude agent, built on Anthropic's Claude Agent SDK.","cache_control":{"type":"ephemeral"}},
              {"type":"text","text":"\nYou are an interactive agent that helps users.","cache_control":{"type":"ephemeral"}}],
             "tools":[{"name":"Bash","input_schema":{"type":"object"}}],"metadata":{"user_id":"{\"device_id\":\"7f1a\",\"account_uuid\":\"\",\"session_id\":\"351126c8-0eac-49cb-8e35-0de4636e61dd\"}"},
             "max_tokens":32000,"thinking":{"type":"adaptive"},"context_management":{"edits":[]},"output_config":{"effort":"high"},"stream":true}
            """,
            ("X-Claude-Code-Session-Id", "351126c8-0eac-49cb-8e35-0de4636e61dd"), ("anthropic-beta", "claude-code-20250219,context-1m-2025-08-07"), ("anthropic-version", "2023-06-01"));
        Assert.Equal("/v1/messages?beta=true", sent.Target);
        var system = sent.Json.GetProperty("system").EnumerateArray().Select(block => block.GetProperty("text").GetString()!).ToList();
        Assert.StartsWith("x-anthropic-billing-header", system[0], StringComparison.Ordinal);
        Assert.StartsWith("You are a Claude agent", system[1], StringComparison.Ordinal);
        Assert.True(system.FindIndex(text => text.Contains(Words, StringComparison.Ordinal)) >= 2, string.Join('|', system));
        Assert.Equal(3, sent.Text.Split("\"cache_control\"").Length - 1);
        Assert.Equal(("Say hi", "x-claude-code-session-id"), await OfAsync(session));
    }

    [Fact]
    public async Task Opencode_asks_for_a_title_under_the_id_of_the_session()
    {
        House.Upstream.Answer = (context, _) => Turns.Say("chat", true, "Done. ")(context);
        var key = House.NewKey();
        var name = $"ses_{Guid.NewGuid():N}";
        var (title, _) = await SendAsync(
            "openai/v1/chat/completions",
            """{"model":"m","max_tokens":32000,"messages":[{"role":"system","content":"You are a title generator."},{"role":"user","content":"Generate a title for this conversation:\n"},{"role":"user","content":"\"Say hi\""}],"stream":true,"stream_options":{"include_usage":true}}""",
            key, ("x-session-affinity", name), ("x-session-id", name));
        var (session, sent) = await SendAsync(
            "openai/v1/chat/completions",
            """{"model":"m","max_tokens":32000,"messages":[{"role":"system","content":"You are opencode."},{"role":"user","content":"\"Say hi\""}],"tools":[{"type":"function","function":{"name":"bash"}}],"tool_choice":"auto","stream":true,"stream_options":{"include_usage":true}}""",
            key, ("x-session-affinity", name), ("x-session-id", name));
        Assert.Equal(title, session);
        Assert.Contains(Words, sent.Json.GetProperty("messages")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal("x-session-affinity", (await OfAsync(session)).Rung);
    }

    private Task<(string Session, Arrived Sent)> SendAsync(string path, string body, params (string Name, string Value)[] headers) => SendAsync(path, body, House.NewKey(), headers);

    private async Task<(string Session, Arrived Sent)> SendAsync(string path, string body, string key, params (string Name, string Value)[] headers)
    {
        await House.TeachAsync(key, Words);
        using var answer = await House.PostAsync($"proxy/k/{Uri.EscapeDataString(key)}/{path}", body, headers);
        await answer.TextAsync();
        return (answer.Head("x-atlas-session-id")!, House.Upstream.Last);
    }

    private async Task<(string Task, string Rung)> OfAsync(string session)
    {
        var stored = await House.SessionAsync(session);
        return (stored.GetProperty("task").GetString()!, stored.GetProperty("metadata").GetProperty("proxy").GetProperty("rung").GetString()!);
    }
}
