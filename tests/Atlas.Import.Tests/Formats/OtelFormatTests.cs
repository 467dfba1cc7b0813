using System.Text.Json;
using Atlas.Import.Otel;
using Atlas.Import.Tests.TauBench;
using Xunit;

namespace Atlas.Import.Tests.Formats;

public sealed class OtelFormatTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_spans_of_a_trace_are_one_run_wherever_they_stand()
    {
        var first = Span("t1", 1, "chat", new()
        {
            ["gen_ai.input.messages"] = """[{"role": "user", "parts": [{"type": "text", "content": "Where is 7?"}]}]""",
            ["gen_ai.output.messages"] = """[{"role": "assistant", "parts": [{"type": "tool_call", "id": "c1", "name": "find", "arguments": {"order": 7}}], "finish_reason": "tool_call"}]""",
            ["gen_ai.system_instructions"] = """[{"type": "text", "content": "Be brief."}]""",
            ["gen_ai.request.model"] = "m-small",
        });
        var tool = Span("t1", 2, "execute_tool", new() { ["gen_ai.tool.name"] = "find", ["gen_ai.tool.call.id"] = "c1", ["gen_ai.tool.call.result"] = "on its way" });
        var second = Span("t1", 3, "chat", new()
        {
            ["gen_ai.input.messages"] = """
                [{"role": "user", "parts": [{"type": "text", "content": "Where is 7?"}]}, {"role": "assistant", "parts": [{"type": "tool_call", "id": "c1", "name": "find", "arguments": {"order": 7}}]},
                 {"role": "tool", "parts": [{"type": "tool_call_response", "id": "c1", "response": "on its way"}]}]
                """,
            ["gen_ai.output.messages"] = """[{"role": "assistant", "parts": [{"type": "text", "content": "On its way."}], "finish_reason": "stop"}]""",
        });
        var other = Span("t2", 1, "chat", new()
        {
            ["gen_ai.prompt.0.role"] = "user", ["gen_ai.prompt.0.content"] = "Hello", ["gen_ai.completion.0.role"] = "assistant", ["gen_ai.completion.0.content"] = "Good day.",
        });
        var http = """{"traceId": "t3", "spanId": "9", "name": "GET /", "startTimeUnixNano": "1", "attributes": [{"key": "http.method", "value": {"stringValue": "GET"}}]}""";
        var file = _folder.Write("traces.jsonl", $"{Export(second, http)}\n{Export(other)}\n\n{Export(tool, first)}\n");

        var read = await _folder.ReadAsync(new OtelFormat(), file);

        Assert.All(read, item => Assert.Null(item.Error));
        Assert.Equal(["Where is 7?", "Hello"], read.Select(item => item.Run!.Task));
        Assert.Equal(["On its way.", "Good day."], read.Select(item => item.Run!.FinalAnswer));
        Assert.Equal(
            ["instructions", "user_message", "student", "find", "find", "student"],
            TauRecord.Payloads(read[0].Run!).Skip(1).SkipLast(1).Select(e => e.GetProperty("name").GetString()));
        Assert.Contains("m-small", read[0].Run!.Metadata.GetRawText(), StringComparison.Ordinal);
        Assert.NotNull(read[0].Run!.StartedAt);
    }

    [Fact]
    public async Task Events_hold_messages_too_and_a_verdict_is_the_reward()
    {
        const string Spans = """
            {"resourceSpans": [{"resource": {"attributes": []}, "scopeSpans": [{"scope": {"name": "s"}, "spans": [
              {"traceId": "a", "spanId": "1", "name": "chat m", "startTimeUnixNano": "5", "attributes": [{"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}}],
               "events": [
                 {"name": "gen_ai.user.message", "attributes": [{"key": "content", "value": {"stringValue": "2 + 2?"}}]},
                 {"name": "gen_ai.choice", "attributes": [{"key": "message", "value": {"stringValue": "{\"role\": \"assistant\", \"content\": \"4\"}"}}]},
                 {"name": "gen_ai.evaluation.result", "attributes": [{"key": "gen_ai.evaluation.name", "value": {"stringValue": "exact"}}, {"key": "gen_ai.evaluation.score.value", "value": {"doubleValue": 1}}]}]}]}]}]}
            """;

        var run = await _folder.OnlyAsync(new OtelFormat(), Spans);

        Assert.Equal(("2 + 2?", "4", 1.0, "exact"), (run.Task, run.FinalAnswer, run.Score, run.Judge));
    }

    [Fact]
    public async Task Traces_that_say_the_same_are_different_runs_with_the_same_former_name()
    {
        string Trace(string id) => Export(Span(id, 1, "chat", new()
        {
            ["gen_ai.prompt.0.role"] = "user", ["gen_ai.prompt.0.content"] = "Hello", ["gen_ai.completion.0.role"] = "assistant", ["gen_ai.completion.0.content"] = "Good day.",
        }));
        var read = await _folder.ReadAsync(new OtelFormat(), _folder.Write("traces.jsonl", $"{Trace("t1")}\n{Trace("t2")}\n"));
        var again = await _folder.ReadAsync(new OtelFormat(), _folder.Write("again.jsonl", $"{Trace("t2")}\n"));

        Assert.NotEqual(read[0].Run!.ExternalId, read[1].Run!.ExternalId);
        Assert.Equal(read[1].Run!.ExternalId, again[0].Run!.ExternalId);

        // As the first versions named it.
        Assert.All(read, item => Assert.Matches("^otel:-:-:[0-9a-f]+$", item.Run!.FormerId));
        Assert.Equal(read[0].Run!.FormerId, read[1].Run!.FormerId);
    }

    [Fact]
    public async Task A_trace_with_halves_of_characters_is_read_as_mended()
    {
        var whole = Export(Span("t1", 1, "chat", new()
        {
            ["gen_ai.prompt.0.role"] = "user", ["gen_ai.prompt.0.content"] = "Hello HALF", ["gen_ai.completion.0.role"] = "assistant", ["gen_ai.completion.0.content"] = "Good day.",
        }));

        var mended = await _folder.ReadAsync(new OtelFormat(), _folder.Write("half.jsonl", whole.Replace("HALF", "\\ud83d", StringComparison.Ordinal)));

        Assert.True(Assert.Single(mended).WasMended);
        Assert.Equal("Hello \uFFFD", mended[0].Run!.Task);
        Assert.False(Assert.Single(await _folder.ReadAsync(new OtelFormat(), _folder.Write("whole.jsonl", whole))).WasMended);
    }

    [Fact]
    public async Task Spans_without_content_and_spans_of_something_else_say_what_is_missing()
    {
        var silent = await _folder.ReadAsync(new OtelFormat(), _folder.Write("silent.json", Export(Span("t1", 1, "chat", []))));
        var foreign = await _folder.ReadAsync(new OtelFormat(), _folder.Write("http.json", Export("""{"traceId": "t", "spanId": "1", "name": "GET /"}""")));
        var broken = await _folder.ReadAsync(new OtelFormat(), _folder.Write("broken.jsonl", $"{Export("7")}\n{Export(Span("t1", 1, "chat", []))[..40]}\n"));

        Assert.Contains("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", Assert.Single(silent).Error, StringComparison.Ordinal);
        Assert.StartsWith("None of 1 spans has an attribute of the GenAI conventions", Assert.Single(foreign).Error, StringComparison.Ordinal);
        Assert.Equal("A span must be an object; this one is a number.", broken[0].Error);
        Assert.Contains(broken, item => item.Line == 2);
    }

    private static string Span(string trace, int at, string operation, Dictionary<string, string> attributes) => JsonSerializer.Serialize(new
    {
        traceId = trace,
        spanId = $"{at}",
        name = operation,
        startTimeUnixNano = $"{1_750_000_000_000_000_000 + at}",
        attributes = attributes.Append(KeyValuePair.Create("gen_ai.operation.name", operation)).Select(pair => new { key = pair.Key, value = new { stringValue = pair.Value } }),
    });

    private static string Export(params string[] spans) =>
        $$$"""{"resourceSpans": [{"resource": {"attributes": []}, "scopeSpans": [{"scope": {}, "spans": [{{{string.Join(",", spans)}}}]}]}]}""";
}
