using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Atlas.Models.Tests.Synthesis;

/// <summary>What the offline synthesizer makes of two hundred recorded runs that nobody here wrote.</summary>
public sealed class AirlineTests(ITestOutputHelper output)
{
    [Fact]
    public async Task It_says_something_and_names_only_tools_of_the_runs()
    {
        var sessions = await Samples.AirlineAsync();
        var answer = (await Samples.AskAsync(Samples.Request(sessions))).Answer;
        output.WriteLine(JsonSerializer.Serialize(answer, Atlas.Domain.Json.AtlasJson.Indented));

        var entries = answer.GetProperty("playbook_entries").EnumerateArray().ToList();

        Assert.NotEmpty(entries);
        var tools = sessions.SelectMany(session => session.Digest.Tools).ToHashSet();
        foreach (var entry in entries)
        {
            Assert.Contains(entry.GetProperty("action").GetProperty("runtime_handle").GetString()!, tools);
            Assert.InRange(entry.GetProperty("action").GetProperty("imperative").GetString()!.Length, 1, 120);
            Assert.InRange(entry.GetProperty("cue").GetProperty("pattern").GetString()!.Length, 1, 150);
            Assert.InRange(entry.GetProperty("expected_effect").GetString()!.Length, 1, 200);
            Assert.InRange(entry.GetProperty("scope").GetProperty("constraints").GetString()!.Length, 1, 250);
            var fired = sessions.Count(session => Regex.IsMatch(session.Task, entry.GetProperty("cue").GetProperty("pattern").GetString()!, RegexOptions.IgnoreCase));
            Assert.InRange(fired, sessions.Length / 50, sessions.Length * 4 / 5);
        }
    }

    [Fact]
    public async Task It_names_no_customer_no_code_and_no_number_of_a_run()
    {
        var sessions = await Samples.AirlineAsync();
        var answer = (await Samples.AskAsync(Samples.Request(sessions))).Answer.GetRawText();

        var persons = sessions.SelectMany(session => Regex.Matches(session.Task, "[a-z]+_[a-z]+_[0-9]{4}").Select(match => match.Value)).ToHashSet();
        Assert.NotEmpty(persons);
        foreach (var part in persons.SelectMany(person => person.Split('_')).Distinct())
        {
            Assert.DoesNotMatch($@"(?i)\b{part}\b", answer);
        }
    }

    [Fact]
    public async Task Every_digest_is_small()
    {
        foreach (var session in await Samples.AirlineAsync())
        {
            Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(session.Digest, Atlas.Domain.Json.AtlasJson.Options).Length, 1, 8192);
        }
    }
}
