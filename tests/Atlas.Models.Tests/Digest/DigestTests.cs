using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Digest;
using Atlas.Testing.Digest;
using Xunit;

namespace Atlas.Models.Tests.Digest;

public sealed class DigestTests
{
    [Fact]
    public void Tools_come_in_order_with_repetitions_collapsed_and_counted()
    {
        var digest = Of("t", Tool("find"), Tool("find"), Tool("book"), Tool("find"));

        Assert.Equal(["find", "book", "find"], digest.Tools);
        Assert.Equal(4, digest.ToolCalls);
        Assert.True(digest.Called("book"));
        Assert.False(digest.Called("Book"));
    }

    [Fact]
    public void A_start_and_its_end_are_one_call()
    {
        var digest = Of("t", Tool("find"), Event("TOOL_END", "find", "student", "\"done\""));

        Assert.Equal(1, digest.ToolCalls);
    }

    [Theory]
    [InlineData("""{"payload": {"event_type": "LLM_END", "metadata": {"actor": "student"}, "data": {"output": "we refund parcels"}}}""")]
    [InlineData("""{"payload": {"event_type": "llm_end", "data": {"output": {"role": "assistant", "content": "we refund parcels"}}}}""")]
    [InlineData("""{"event_type": "LLM_END", "actor": "student", "output": [{"role": "user", "content": "never said"}, {"type": "ai", "content": [{"type": "text", "text": "we refund parcels"}]}]}""")]
    [InlineData("""{"type": "LLM_END", "data": {"output": {"messages": [{"role": "system", "content": "never said"}, {"role": "assistant", "content": "we refund parcels"}]}}}""")]
    public void Words_are_found_in_every_form_a_message_takes(string json)
    {
        var digest = Of("t", JsonDocument.Parse(json).RootElement);

        Assert.Equal(["parcels", "refund"], digest.StudentWords);
        Assert.Equal(1, digest.StudentMessages);
    }

    [Fact]
    public void Only_the_students_own_messages_have_words()
    {
        var digest = Of("t",
            Event("LLM_END", "validate", "teacher", "\"teacher words\""),
            Event("TOOL_END", "find", "student", "\"tool words\""),
            Event("WORKFLOW_END", "user_message", "user", "\"user words\""),
            Event("LLM_START", "student", "student", "\"prompt words\""),
            Event("LLM_END", "student", "student", "\"own\""));

        Assert.Equal(["own"], digest.StudentWords);
    }

    [Fact]
    public void A_playbook_that_was_injected_is_not_what_the_student_said()
    {
        const string Text = "before\n>>> Student Playbook >>>\nsecret advice\n>>> End Student Playbook >>>\nbetween\n>>> Teacher Playbook >>>\nnever closed";

        var digest = Of("t", Event("LLM_END", "student", "student", JsonSerializer.Serialize(Text)));

        Assert.Equal(["before", "between"], digest.StudentWords);
    }

    [Fact]
    public void Names_codes_numbers_and_parts_of_them_are_no_words()
    {
        var digest = Of("You are mia_li_3668, Mia Li, order N-103 or HAT136. Write to mia.li@example.com, see a/b/path.json; don't use e-mail1. Book the über quick trip");

        Assert.Equal(["are", "order", "quick", "see", "the", "trip", "use", "über"], digest.TaskWords.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Layout_does_not_make_another_task_and_words_do()
    {
        Assert.Equal(Of("buy a  kettle\n").TaskKey, Of(" buy a kettle").TaskKey);
        Assert.NotEqual(Of("buy a kettle").TaskKey, Of("buy two kettles").TaskKey);
        Assert.Equal("", Of(" ").TaskKey);
    }

    [Fact]
    public void Calls_named_in_messages_count_where_no_tool_event_was_recorded()
    {
        var message = Event("LLM_END", "student", "student", """{"role": "assistant", "content": null, "tool_calls": [{"function": {"name": "find"}}, {"name": "book"}]}""");

        Assert.Equal(["find", "book"], Of("t", message).Tools);
        Assert.Equal(["search"], Of("t", message, Tool("search")).Tools);
    }

    [Fact]
    public void A_digest_stays_below_eight_kilobytes_whatever_the_session()
    {
        var random = new Random(20);
        string Word() => new([.. Enumerable.Range(0, random.Next(3, 25)).Select(_ => (char)('à' + random.Next(20)))]);
        string Words(int count) => JsonSerializer.Serialize(string.Join(' ', Enumerable.Range(0, count).Select(_ => Word())));

        var digest = Of(
            string.Join(' ', Enumerable.Range(0, 2000).Select(_ => Word())),
            [.. Enumerable.Range(0, 300).SelectMany(_ => new[] { Tool(Word() + Word()), Event("LLM_END", "s", "student", Words(50)) })]);

        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(digest, AtlasJson.Options).Length, 4_000, 8_192);
        Assert.True(digest.Truncated);
        Assert.Equal(300, digest.ToolCalls);
    }

    [Fact]
    public void Events_may_be_folded_one_by_one_and_the_digest_asked_for_in_between()
    {
        JsonElement[] events = [Tool("find"), Event("LLM_END", "s", "student", "\"some words\""), Tool("book")];
        var builder = new DigestBuilder("a task");
        foreach (var item in events)
        {
            builder.Add(item);
            builder.Build();
        }

        Assert.Equal(SessionDigester.FromEvents("a task", events), builder.Build());
    }

    [Fact]
    public void A_digest_survives_its_JSON()
    {
        var digest = Of("buy a kettle", Tool("find"), Event("LLM_END", "s", "student", "\"kettle found\""));

        var json = JsonSerializer.Serialize(digest, AtlasJson.Options);

        Assert.Contains("\"student_words\":[\"found\",\"kettle\"]", json, StringComparison.Ordinal);
        Assert.Equal(digest, JsonSerializer.Deserialize<SessionDigest>(json, AtlasJson.Options));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"payload": 3, "event_type": 4}""")]
    [InlineData("""{"payload": {"event_type": "LLM_END", "metadata": [], "data": "x"}}""")]
    [InlineData("""{"payload": {"event_type": "TOOL_START", "name": null}}""")]
    public void What_is_no_event_is_counted_and_otherwise_ignored(string json)
    {
        var digest = Of("t", JsonDocument.Parse(json).RootElement);

        Assert.Equal(1, digest.Events);
        Assert.Equal((0, 0), (digest.ToolCalls, digest.StudentMessages));
    }

    private static SessionDigest Of(string task, params JsonElement[] events) => SessionDigester.FromEvents(task, events);

    private static JsonElement Tool(string name) => Event("TOOL_START", name, "student", "null");

    private static JsonElement Event(string type, string name, string actor, string output) => JsonDocument.Parse(
        $$$"""{"payload": {"event_type": "{{{type}}}", "name": "{{{name}}}", "metadata": {"actor": "{{{actor}}}"}, "data": {"input": null, "output": {{{output}}} } } }""").RootElement;
}
