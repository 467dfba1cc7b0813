using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Models.Synthesis.Llm;
using Xunit;

namespace Atlas.Models.Tests.Synthesis.Llm;

/// <summary>Answers as models really send them.</summary>
public sealed class BrokenAnswerTests
{
    private const string Entry = """{"id":"e1","cue":{"type":"keyword","pattern":"refund"},"action":{"imperative":"Check the payment."}}""";
    private const string Second = """{"id":"e2","cue":{"type":"keyword","pattern":"cancel"},"action":{"imperative":"Ask first."}}""";
    private const string Good = $$"""{"student_pamphlet":"Check first.","playbook_entries":[{{Entry}},{{Second}}]}""";

    /// <summary>Name, answer, number of entries that come out of it.</summary>
    public static TheoryData<string, string, int> Readable => new()
    {
        { "as asked for", Good, 2 },
        { "white space around", $"\n\n  {Good}  \n", 2 },
        { "byte order mark", "\uFEFF" + Good, 2 },
        { "code fence", $"```json\n{Good}\n```", 2 },
        { "code fence without language", $"```\n{Good}\n```", 2 },
        { "code fence never closed", $"```json\n{Good}", 2 },
        { "prose before", $"Here is the playbook you asked for:\n{Good}", 2 },
        { "prose after", $"{Good}\nLet me know if you need more.", 2 },
        { "prose and fence", $"Sure!\n```json\n{Good}\n```\nHope it helps.", 2 },
        { "braces in the prose", $"I looked at {{queue}} and [a, b].\n{Good}", 2 },
        { "thinking before", $"<think>Maybe {{\"playbook_entries\":[]}} is best.</think>{Good}", 2 },
        { "thinking without its beginning", $"Maybe {{\"playbook_entries\":[]}}.</think>\n{Good}", 2 },
        { "a draft before the answer", $"{{\"playbook_entries\":[],\"student_pamphlet\":null}}\nBetter:\n{Good}", 2 },
        { "trailing comma in a list", Good.Replace("]}", ",]}", StringComparison.Ordinal), 2 },
        { "trailing comma in an object", Good[..^1] + ",}", 2 },
        { "two commas", Good.Replace("},{", "},,{", StringComparison.Ordinal), 2 },
        { "missing comma between items", Good.Replace("},{\"id\"", "}\n{\"id\"", StringComparison.Ordinal), 2 },
        { "missing comma between members", Good.Replace(",\"playbook", "\n\"playbook", StringComparison.Ordinal), 2 },
        { "line comment", Good.Replace("\"playbook_entries\"", "// the entries\n\"playbook_entries\"", StringComparison.Ordinal), 2 },
        { "block comment", Good.Replace("\"playbook_entries\"", "/* the entries */\"playbook_entries\"", StringComparison.Ordinal), 2 },
        { "hash comment", Good.Replace("\"playbook_entries\"", "# the entries\n\"playbook_entries\"", StringComparison.Ordinal), 2 },
        { "single quotes", Good.Replace('"', '\''), 2 },
        { "single quotes and an apostrophe", Good.Replace('"', '\'').Replace("Check first", "Don't guess", StringComparison.Ordinal), 2 },
        { "curly quotes", Curly(Good), 2 },
        { "names without quotes", Good.Replace("\"student_pamphlet\"", "student_pamphlet", StringComparison.Ordinal).Replace("\"playbook_entries\"", "playbook_entries", StringComparison.Ordinal), 2 },
        { "text without quotes", Good.Replace("\"Check first.\"", "Check first", StringComparison.Ordinal), 2 },
        { "Python's None", Good.Replace("\"Check first.\"", "None", StringComparison.Ordinal), 2 },
        { "Python's True", Good[..^1] + ",\"metadata\":{\"sure\":True}}", 2 },
        { "NaN", Good[..^1] + ",\"metadata\":{\"delta\":NaN}}", 2 },
        { "undefined", Good.Replace("\"Check first.\"", "undefined", StringComparison.Ordinal), 2 },
        { "no value at all", Good.Replace("\"Check first.\"", "", StringComparison.Ordinal), 2 },
        { "line break inside a text", Good.Replace("Check first.", "Check\nfirst.", StringComparison.Ordinal), 2 },
        { "tab inside a text", Good.Replace("Check first.", "Check\tfirst.", StringComparison.Ordinal), 2 },
        { "quotes inside a text", Good.Replace("Check first.", "Say \"please\" first.", StringComparison.Ordinal), 2 },
        { "escape that JSON does not know", Good.Replace("refund", @"\d+ refunds", StringComparison.Ordinal), 2 },
        { "half a surrogate pair", Good.Replace("Check first.", @"Check \ud83d first.", StringComparison.Ordinal), 2 },
        { "U+0000", Good.Replace("Check first.", @"Check \u0000 first.", StringComparison.Ordinal), 2 },
        { "a member twice", Good[..^1] + ",\"student_pamphlet\":\"Again.\"}", 2 },
        { "a list instead of the object", $"[{Entry},{Second}]", 2 },
        { "a list in a fence", $"```json\n[{Entry},{Second}]\n```", 2 },
        { "wrapped in another object", $"{{\"result\":{Good}}}", 2 },
        { "wrapped as a text", $"{{\"output\":{JsonSerializer.Serialize(Good)}}}", 2 },
        { "encoded twice", JsonSerializer.Serialize(Good), 2 },
        { "cut off between entries", Good[..Good.IndexOf(Second, StringComparison.Ordinal)], 1 },
        { "cut off inside an entry", Good[..(Good.IndexOf(Second, StringComparison.Ordinal) + 40)], 1 },
        { "cut off inside a text", Good[..Good.IndexOf("Ask first", StringComparison.Ordinal)], 1 },
        { "cut off after the last entry", Good[..^2], 2 },
        { "cut off before the last brace", Good[..^1], 2 },
        { "cut off inside a fence", $"```json\n{Good[..^30]}", 1 },
        { "a brace too many", Good + "}", 2 },
        { "a brace too few in an entry", Good.Replace("\"Ask first.\"}}", "\"Ask first.\"}", StringComparison.Ordinal), 2 },
        { "semicolon at the end", Good + ";", 2 },
        { "assignment before", "const answer = " + Good + ";", 2 },
        { "no entries", """{"student_pamphlet":"Check first.","playbook_entries":[]}""", 0 },
        { "entries are null", """{"student_pamphlet":"Check first.","playbook_entries":null}""", 0 },
    };

    public static TheoryData<string> Unreadable => new(
        "", "   ", "null", "42", "true", "\"a text\"", "{}", "[]", "[1,2,3]", "{", "[", "{\"", "no JSON here", "{\"foo\":1}", "{\"error\":\"overloaded\"}",
        "<html>bad gateway</html>", "[{\"foo\":1}]", "{{{{{{", "]}]}", "{'a':'b'}", "```json\n```");

    [Theory]
    [MemberData(nameof(Readable))]
    public void What_can_be_read_is_read(string name, string answer, int entries)
    {
        var read = AnswerReader.Read(answer);

        Assert.True(read is not null, $"{name}: nothing was read from {answer}");
        Assert.Equal(entries, (read.Value["playbook_entries"] as JsonArray)?.Count ?? 0);
        if (entries > 0)
        {
            Assert.Equal("Check the payment.", (string?)read.Value["playbook_entries"]![0]!["action"]!["imperative"]);
        }

        Assert.Equal(name.StartsWith("cut off", StringComparison.Ordinal), read.CutOff);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_is_no_answer_is_refused(string answer) => Assert.Null(AnswerReader.Read(answer));

    [Fact]
    public void A_text_inside_is_kept_as_it_was_meant()
    {
        Assert.Equal("Say \"please\" first.", Pamphlet(Good.Replace("Check first.", "Say \"please\" first.", StringComparison.Ordinal)));
        Assert.Equal("Check\nfirst.", Pamphlet(Good.Replace("Check first.", "Check\nfirst.", StringComparison.Ordinal)));
        Assert.Equal("Don't guess.", Pamphlet(Good.Replace('"', '\'').Replace("Check first", "Don't guess", StringComparison.Ordinal)));
        Assert.Equal("Again.", Pamphlet(Good[..^1] + ",\"student_pamphlet\":\"Again.\"}"));
    }

    [Theory]
    [InlineData("nul")]
    [InlineData("Check fir")]
    [InlineData("\"Check fir")]
    [InlineData("0.")]
    public void A_value_that_was_cut_off_is_left_out(string beginning)
    {
        var read = AnswerReader.Read($"{{\"playbook_entries\":[{Entry}],\"student_pamphlet\":{beginning}")!;

        Assert.True(read.CutOff);
        Assert.False(read.Value.ContainsKey("student_pamphlet"));
    }

    [Fact]
    public void Every_beginning_of_an_answer_is_read_without_making_anything_up()
    {
        for (var length = 0; length <= Good.Length; length++)
        {
            if (AnswerReader.Read(Good[..length]) is not { } read)
            {
                continue;
            }

            var texts = read.Value["playbook_entries"]?.AsArray().Select(entry => entry!.ToJsonString()) ?? [];
            Assert.All(texts, text => Assert.Contains(text, new[] { Entry, Second }));
            Assert.True(read.Value["student_pamphlet"] is null || (string?)read.Value["student_pamphlet"] == "Check first.");
        }
    }

    [Fact]
    public void Random_damage_never_throws()
    {
        var seed = Environment.GetEnvironmentVariable("ATLAS_SEED") is { Length: > 0 } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : Random.Shared.Next();
        var random = new Random(seed);
        const string Alphabet = "{}[]\",:'\\/#\n`<u0tn e“";
        for (var i = 0; i < 5_000; i++)
        {
            var text = Good.ToCharArray();
            for (var damage = random.Next(1, 12); damage > 0; damage--)
            {
                text[random.Next(text.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            var answer = new string(text);
            var thrown = Record.Exception(() => AnswerReader.Read(answer));
            Assert.True(thrown is null, $"ATLAS_SEED={seed}, round {i}: {thrown} for {answer}");
        }
    }

    private static string? Pamphlet(string answer) => (string?)AnswerReader.Read(answer)!.Value["student_pamphlet"];

    private static string Curly(string text)
    {
        var open = true;
        return string.Concat(text.Select(character =>
        {
            if (character != '"')
            {
                return character;
            }

            open = !open;
            return open ? '”' : '“';
        }));
    }
}
