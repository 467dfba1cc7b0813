using System.Text.Json;
using Atlas.Import.Chat;
using Atlas.Import.Tests.TauBench;
using Xunit;

namespace Atlas.Import.Tests.Formats;

public sealed class ChatFormatTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Messages_of_fine_tuning_are_read_with_their_calls()
    {
        var run = await _folder.OnlyAsync(new ChatFormat(), """
            {"messages": [
               {"role": "developer", "content": "Be brief."},
               {"role": "user", "content": [{"type": "text", "text": "Where is my parcel?"}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,SENTINEL"}}]},
               {"role": "assistant", "content": null, "refusal": null, "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "find", "arguments": "{\"order\": 7}"}}]},
               {"role": "tool", "tool_call_id": "c1", "content": "on its way"},
               {"role": "assistant", "content": [{"type": "text", "text": "It is on its way."}], "tool_calls": null}],
             "tools": [{"type": "function", "function": {"name": "find"}}], "parallel_tool_calls": false}
            """);

        Assert.Equal("Where is my parcel?\n[image]", run.Task);
        Assert.Equal("It is on its way.", run.FinalAnswer);
        Assert.Null(run.Score);
        Assert.Null(run.Judge);
        Assert.Equal(
            ["orchestration", "instructions", "user_message", "student", "find", "find", "student", "orchestration"],
            TauRecord.Payloads(run).Select(e => e.GetProperty("name").GetString()));
        Assert.DoesNotContain("SENTINEL", string.Concat(run.Events), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShareGPT_conversations_are_read()
    {
        var run = await _folder.OnlyAsync(new ChatFormat(), """
            {"id": "x1", "system": "Be kind.", "conversations": [{"from": "human", "value": "Hello"}, {"from": "gpt", "value": "Good day."}], "reward": 0.5}
            """);

        Assert.Equal(("Hello", "Good day.", 0.5), (run.Task, run.FinalAnswer, run.Score));
        Assert.Contains(TauRecord.Payloads(run), e => e.GetProperty("name").GetString() == "instructions");
        Assert.StartsWith("chat:x1:-:", run.ExternalId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_function_calls_and_parts_of_tools_are_calls()
    {
        var old = await _folder.OnlyAsync(new ChatFormat(), """
            {"messages": [{"role": "user", "content": "Look."}, {"role": "assistant", "content": null, "function_call": {"name": "look", "arguments": "{}"}},
              {"role": "function", "name": "look", "content": "seen"}, {"role": "assistant", "content": "Seen."}]}
            """);
        var parts = await _folder.OnlyAsync(new ChatFormat(), """
            {"messages": [{"role": "user", "content": "Look."}, {"role": "assistant", "content": [{"type": "thinking", "thinking": "SENTINEL"}, {"type": "tool_use", "id": "t1", "name": "look", "input": {"at": "it"}}]},
              {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text", "text": "seen"}]}]}, {"role": "assistant", "content": "Seen."}]}
            """);

        foreach (var run in (RecordedRun[])[old, parts])
        {
            var tools = TauRecord.Payloads(run).Where(e => e.GetProperty("name").GetString() == "look").ToList();
            Assert.Equal(["TOOL_START", "TOOL_END"], tools.Select(e => e.GetProperty("event_type").GetString()));
            Assert.Equal(tools[0].GetProperty("UUID").GetString(), tools[1].GetProperty("UUID").GetString());
            Assert.Equal("seen", tools[1].GetProperty("data").GetProperty("output").GetString());
            Assert.DoesNotContain("SENTINEL", string.Concat(run.Events), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Half_a_character_in_the_arguments_of_a_call_becomes_a_whole_one()
    {
        var run = await _folder.OnlyAsync(new ChatFormat(), """
            {"messages": [{"role": "user", "content": "Find it."},
              {"role": "assistant", "content": "Done.", "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "find", "arguments": "{\"q\": \"\\ud83d\", \"n\": 1}"}}]}]}
            """);

        var input = TauRecord.Payloads(run).Single(e => e.GetProperty("event_type").GetString() == "TOOL_START").GetProperty("data").GetProperty("input");
        Assert.Equal(("\uFFFD", 1), (input.GetProperty("q").GetString(), input.GetProperty("n").GetInt32()));
    }

    [Theory]
    [InlineData(40, JsonValueKind.Object)]
    [InlineData(62, JsonValueKind.String)]
    [InlineData(240, JsonValueKind.String)]
    public async Task Arguments_and_answers_can_be_nested_as_deeply_as_a_record(int levels, JsonValueKind kind)
    {
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
        foreach (var arguments in (string[])[nested, JsonSerializer.Serialize(nested)])
        {
            const string Record = """
                {"messages": [{"role": "user", "content": "Find it."},
                  {"role": "assistant", "content": [{"type": "text", "text": "Done."}], "tool_calls": [{"id": "c1", "function": {"name": "find", "arguments": ARGUMENTS}}]},
                  {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "c1", "content": ANSWER}]}]}
                """;
            var run = await _folder.OnlyAsync(
                new ChatFormat(), Record.Replace("ARGUMENTS", arguments, StringComparison.Ordinal).Replace("ANSWER", nested, StringComparison.Ordinal));

            var data = TauRecord.Payloads(run).Where(e => e.GetProperty("name").GetString() == "find").Select(e => e.GetProperty("data")).ToList();
            Assert.Equal(kind, data[0].GetProperty("input").ValueKind);
            Assert.Equal(nested, data[1].GetProperty("output").GetString());
        }
    }

    [Theory]
    [InlineData("""{"text": "no messages"}""", "'messages' is missing. It must be a list of messages; in ShareGPT's format it is called 'conversations'.")]
    [InlineData("""{"messages": []}""", "'messages' has no assistant message.")]
    [InlineData("""{"messages": [{"role": "assistant", "content": "Hello."}]}""", "There is no user message, so the task is unknown.")]
    [InlineData("""{"messages": [{"role": null, "content": "Hello."}]}""", "'messages[0].role' must be a text; it is null.")]
    [InlineData("""{"messages": [{"role": "user", "content": [7]}]}""", "'messages[0].content[0]' must be a part: an object with a type, or a text; it is a number.")]
    [InlineData("""{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}], "reward": 87}""", "'reward' must be a number from 0 to 1; it is 87.")]
    public async Task A_record_that_is_no_chat_is_explained(string record, string sentence)
    {
        var item = Assert.Single(await _folder.ReadAsync(new ChatFormat(), _folder.Write("chats.jsonl", record + "\n")));

        Assert.Equal(sentence, item.Error);
        Assert.Equal(1, item.Line);
    }
}
