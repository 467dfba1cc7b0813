using System.Net;
using System.Text.Json;
using Atlas.Http.Tests.Harness;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Xunit;

namespace Atlas.Http.Tests.Mcp;

/// <summary>The MCP server, spoken to by the official client for .NET.</summary>
[Collection(ApiCollection.Name)]
public sealed class McpTests(Api api) : IAsyncLifetime
{
    private McpClient _client = null!;

    public async ValueTask InitializeAsync() => _client = await McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(api.Address, "mcp"), TransportMode = HttpTransportMode.StreamableHttp }));

    public async ValueTask DisposeAsync() => await _client.DisposeAsync();

    [Fact]
    public async Task The_tools_are_there_with_their_hints()
    {
        var tools = (await _client.ListToolsAsync()).ToDictionary(tool => tool.Name, tool => tool.ProtocolTool.Annotations!);
        Assert.Equal(
            ["get_playbook", "list_evidence", "propose_entry", "record_events", "report_outcome", "search_playbook", "start_session"], tools.Keys.Order(StringComparer.Ordinal));
        Assert.All(new[] { "get_playbook", "list_evidence", "search_playbook" }, name => Assert.True(tools[name].ReadOnlyHint));
        Assert.All(new[] { "propose_entry", "record_events", "report_outcome", "start_session" }, name => Assert.False(tools[name].ReadOnlyHint));
        Assert.All(tools.Values, hints => Assert.False(hints.DestructiveHint));
    }

    [Fact]
    public async Task An_agent_starts_records_reports_and_finds_what_was_learned()
    {
        var key = Api.NewKey("mcp");
        var started = await CallAsync("start_session", new() { ["task"] = "Refund order 1042", ["learning_key"] = key });
        var id = started.Number("session_id");
        var recorded = await CallAsync("record_events", new() { ["session_id"] = id, ["events"] = new object[] { new { type = "tool_call", name = "get_order" } } });
        Assert.Equal(1, recorded.Number("next_sequence"));
        Assert.Equal("succeeded", (await CallAsync("report_outcome", new() { ["session_id"] = id, ["succeeded"] = true, ["final_answer"] = "Refunded.", ["score"] = 0.9 })).Text("status"));
        Assert.Equal(0.9, (await api.Client.GetAsync($"v1/sessions/{id}", HttpStatusCode.OK)).GetProperty("score").GetDouble());

        var proposed = await CallAsync("propose_entry", new() { ["learning_key"] = key, ["when"] = "the customer speaks of a voucher", ["instruction"] = "Read the voucher policy first" });
        Assert.Equal("pending", proposed.Text("status"));
        Assert.DoesNotContain("voucher", (await CallAsync("get_playbook", new() { ["learning_key"] = key })).Text("text"), StringComparison.Ordinal);
        await api.Client.PostAsync($"v1/keys/{key.Escaped()}/proposals/decide", new { ids = new[] { proposed.Number("proposal_id") }, accept = true });
        var playbook = await CallAsync("get_playbook", new() { ["learning_key"] = key });
        Assert.Contains("Read the voucher policy first", playbook.Text("text"), StringComparison.Ordinal);
        var found = (await CallAsync("search_playbook", new() { ["learning_key"] = key, ["query"] = "vouchers" })).GetProperty("entries");
        Assert.Contains("voucher", found[0].Text("text"), StringComparison.Ordinal);
        Assert.NotEqual(0, (await CallAsync("list_evidence", new() { ["learning_key"] = key })).GetProperty("entries").GetArrayLength());

        var resource = await _client.ReadResourceAsync($"atlas://{key.Escaped()}@current");
        Assert.Equal(playbook.Text("text"), Assert.IsType<TextResourceContents>(Assert.Single(resource.Contents)).Text);
        var prompt = await _client.GetPromptAsync(key, new Dictionary<string, object?> { ["task"] = "Refund order 7" });
        Assert.Contains("Refund order 7", Assert.IsType<TextContentBlock>(Assert.Single(prompt.Messages).Content).Text, StringComparison.Ordinal);
        Assert.Contains(await _client.ListPromptsAsync(), one => one.Name == key);
        Assert.Contains(await _client.ListResourcesAsync(), one => one.Uri == $"atlas://{key.Escaped()}@current");
        Assert.Equal("atlas://{key}@{version}", Assert.Single(await _client.ListResourceTemplatesAsync()).UriTemplate);
    }

    [Fact]
    public async Task A_search_knows_no_words_that_wait_for_their_promotion()
    {
        var key = Api.NewKey("mcp");
        var path = $"v1/keys/{key.Escaped()}";
        await api.Client.PostAsync($"{path}/import", Playbook("Read the voucher policy first"));
        await api.Client.PostAsync($"{path}/stage", new { });
        await api.Client.PostAsync($"{path}/import", Playbook("Call the embargo desk first"));

        var found = await CallAsync("search_playbook", new() { ["learning_key"] = key, ["query"] = "voucher embargo" });

        Assert.Equal(1, found.Number("version"));
        var entry = Assert.Single(found.GetProperty("entries").EnumerateArray());
        Assert.Contains("voucher", entry.Text("text"), StringComparison.Ordinal);
        Assert.DoesNotContain("embargo", found.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_found_by_the_answers_among_the_events_that_a_tool_recorded()
    {
        var id = (await CallAsync("start_session", new() { ["task"] = "t", ["learning_key"] = Api.NewKey("mcp") })).Number("session_id");
        var answer = $"chatcmpl-{Guid.NewGuid():N}";
        await CallAsync("record_events", new() { ["session_id"] = id, ["events"] = new object[] { new { id = answer } } });
        Assert.Equal(id, (await api.Client.GetAsync($"v1/sessions/{answer}", HttpStatusCode.OK)).Number("id"));
    }

    [Fact]
    public async Task What_was_done_is_answered_although_the_audit_cannot_be_written()
    {
        var key = Api.NewKey("mcp");
        await api.Database.ExecuteAsync($"""
            CREATE FUNCTION no_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no more audit' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER no_audit BEFORE INSERT ON audit_log FOR EACH ROW WHEN (NEW.subject = '{key}') EXECUTE FUNCTION no_audit();
            """);

        var proposed = await CallAsync("propose_entry", new() { ["learning_key"] = key, ["when"] = "the customer speaks of a voucher", ["instruction"] = "Read the voucher policy first" });

        Assert.Equal("pending", proposed.Text("status"));
        Assert.Single((await api.Client.GetAsync($"v1/keys/{key.Escaped()}/proposals", HttpStatusCode.OK)).GetProperty("proposals").EnumerateArray());
    }

    [Fact]
    public async Task Events_are_recorded_once_although_the_database_does_not_answer_at_first()
    {
        var id = (await CallAsync("start_session", new() { ["task"] = "t", ["learning_key"] = Api.NewKey("mcp") })).Number("session_id");
        var answer = $"chatcmpl-{Guid.NewGuid():N}";
        await api.Database.ExecuteAsync($"""
            CREATE SEQUENCE attempts;
            CREATE FUNCTION not_yet() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF nextval('attempts') < 3 THEN RAISE EXCEPTION 'not yet' USING ERRCODE = '57P03'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER not_yet BEFORE INSERT ON session_responses FOR EACH ROW WHEN (NEW.response_id = '{answer}') EXECUTE FUNCTION not_yet();
            """);

        var recorded = await CallAsync("record_events", new() { ["session_id"] = id, ["events"] = new object[] { new { id = answer } } });

        Assert.Equal(1, recorded.Number("next_sequence"));
        Assert.Single((await api.Client.GetAsync($"v1/sessions/{id}/events", HttpStatusCode.OK)).GetProperty("events").EnumerateArray());
        Assert.Equal(id, (await api.Client.GetAsync($"v1/sessions/{answer}", HttpStatusCode.OK)).Number("id"));
    }

    [Fact]
    public async Task Incomplete_characters_in_an_event_are_no_error()
    {
        var id = (await CallAsync("start_session", new() { ["task"] = "t", ["learning_key"] = Api.NewKey("mcp") })).Number("session_id");
        const string Odd = """{"events": [{"id": "chatcmpl-\ud800"}, {"response_id": "resp_\ud800"}]}""";

        using var response = await api.Client.SendAsync($"v1/sessions/{id}/events", Odd);

        Assert.Equal(2, (await response.ReadAsync(HttpStatusCode.OK)).Number("next_sequence"));
        Assert.Equal(2, (await api.Client.GetAsync($"v1/sessions/{id}/events", HttpStatusCode.OK)).GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task A_playbook_that_waits_for_its_promotion_is_in_no_text()
    {
        var key = Api.NewKey("mcp");
        await api.Client.RunSessionAsync(key, score: null);
        await api.Client.PostAsync($"v1/keys/{key.Escaped()}/stage", new { });
        await api.Client.PostAsync($"v1/keys/{key.Escaped()}/import", Playbook("Call the embargo desk first"));

        Assert.Equal("", (await CallAsync("get_playbook", new() { ["learning_key"] = key })).Text("text"));
        var resource = await _client.ReadResourceAsync($"atlas://{key.Escaped()}@current");
        Assert.Equal("", Assert.IsType<TextResourceContents>(Assert.Single(resource.Contents)).Text);
    }

    [Fact]
    public async Task An_argument_of_another_form_is_refused_with_a_sentence()
    {
        var key = Api.NewKey("mcp");
        var role = await _client.CallToolAsync("get_playbook", new Dictionary<string, object?> { ["learning_key"] = key, ["role"] = "Teacher" });
        Assert.Contains("must be student or teacher, not 'Teacher'", Assert.IsType<TextContentBlock>(role.Content[0]).Text, StringComparison.Ordinal);
        var task = await Assert.ThrowsAnyAsync<Exception>(() => _client.GetPromptAsync(key, new Dictionary<string, object?> { ["task"] = 7 }).AsTask());
        Assert.Contains("'task' must be a text", task.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_that_is_too_large_is_refused(bool chunked)
    {
        var message = JsonSerializer.SerializeToUtf8Bytes(new { jsonrpc = "2.0", id = 1, method = "ping", @params = new { padding = new string('x', 2 << 20) } });
        using var request = new HttpRequestMessage(HttpMethod.Post, "mcp") { Content = chunked ? new StreamContent(new MemoryStream(message)) : new ByteArrayContent(message) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var response = await api.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private static object Playbook(string imperative) => new
    {
        playbook = new
        {
            format = "atlas.playbook.v2", student = Array.Empty<string>(), teacher = (string[]?)null,
            entries = new[] { new { id = "ask-first", audience = "student", cue = new { type = "keyword", pattern = "order" }, action = new { imperative } } },
        },
    };

    [Fact]
    public async Task What_is_refused_says_why()
    {
        var refused = await _client.CallToolAsync("record_events", new Dictionary<string, object?> { ["session_id"] = 999_999_999, ["events"] = new object[] { new { } } });
        Assert.True(refused.IsError);
        Assert.Contains("There is no session", Assert.IsType<TextContentBlock>(refused.Content[0]).Text, StringComparison.Ordinal);
        var wrong = await _client.CallToolAsync("get_playbook", new Dictionary<string, object?> { ["learning_key"] = " " });
        Assert.Contains("learning key", Assert.IsType<TextContentBlock>(wrong.Content[0]).Text, StringComparison.Ordinal);
    }

    private async Task<JsonElement> CallAsync(string tool, Dictionary<string, object?> arguments)
    {
        var result = await _client.CallToolAsync(tool, arguments);
        Assert.False(result.IsError is true, string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text)));
        return JsonElement.Parse(JsonSerializer.Serialize(result.StructuredContent));
    }
}
