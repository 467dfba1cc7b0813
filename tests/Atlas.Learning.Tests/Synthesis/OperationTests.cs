using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Pruning;
using Xunit;

namespace Atlas.Learning.Tests.Synthesis;

/// <summary>Entries change one by one: what an answer does not speak of stays, and what is taken away is gone from the text.</summary>
public sealed class OperationTests
{
    [Fact]
    public void Entries_are_added_revised_and_retired()
    {
        var before = Build.Playbook(Build.Entry("a"), Build.Entry("b"), Build.Entry("c"));
        var answer = Operations(
            add: [Build.Candidate(imperative: "Look twice")],
            revise: [Build.Candidate("b", imperative: "Look once")],
            retire: [("c", "Two sessions that followed it failed.")]);
        var result = Build.Apply(before, answer);
        Assert.Equal(
            ["Check the retry budget first", "Look once", "Look twice"],
            result.Playbook.Entries.Select(entry => entry.Action.Imperative));
        Assert.Equal(["a", "b"], result.Playbook.Entries.Take(2).Select(entry => entry.Id));
        var trace = result.Playbook.Metadata["pruned_entries"][0];
        Assert.Equal(
            ("c", PruneReason.Retired, "Two sessions that followed it failed."),
            (trace.GetProperty("id").GetString(), trace.GetProperty("reason").GetString(), trace.GetProperty("note").GetString()));
    }

    [Fact]
    public void What_is_added_takes_nobodys_place()
    {
        var result = Build.Apply(Build.Playbook(Build.Entry("a")), Operations(add: [Build.Candidate("a", imperative: "Look twice")]));
        Assert.Equal(["Check the retry budget first", "Look twice"], result.Playbook.Entries.Select(entry => entry.Action.Imperative));
    }

    [Theory]
    [InlineData("{'retire_entries':[{'id':'a'}]}")]
    [InlineData("{'retire_entries':[{'id':'a','reason':' '}]}")]
    [InlineData("{'playbook_entries':[],'student_pamphlet':'Forget everything.'}")]
    [InlineData("{'metadata':{'dropped_entries':['a']}}")]
    public void An_entry_that_nothing_argues_against_stays(string answer) =>
        Assert.Equal(["a"], Build.Apply(Build.Playbook(Build.Entry("a")), Build.Json(answer)).Playbook.Entries.Select(entry => entry.Id));

    [Fact]
    public void The_original_form_retires_what_it_drops_with_a_reason()
    {
        var result = Build.Apply(
            Build.Playbook(Build.Entry("a"), Build.Entry("b")),
            Build.Answer([], "'metadata':{'dropped_entries':[{'id':'a','reason':'It fails.'}]}"));
        Assert.Equal(["b"], result.Playbook.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public void Prose_becomes_the_preface_less_what_it_says_of_entries()
    {
        var result = Build.Apply(LearnedPlaybook.Empty, Build.Answer(
            [Build.Candidate("e", imperative: "Check the queue before you restart a worker")],
            "'student_pamphlet':'Be patient with queues.\\n1. Always check the queue before you restart a worker!\\n2. Write down what you saw.'"));
        Assert.Equal("Be patient with queues.\n2. Write down what you saw.", result.Playbook.StudentPreface);
        Assert.Single(result.Playbook.StudentText.Split('\n'), line => line.Contains("restart a worker", StringComparison.Ordinal));
    }

    [Fact]
    public void A_synthesis_that_changes_nothing_leaves_a_text_as_it_was_written()
    {
        var before = Build.Playbook(Build.Entry("a"));
        var result = Build.Apply(before, Build.Answer([]));
        Assert.False(result.Changed);
        Assert.False(result.Playbook.IsRendered);
    }

    [Fact]
    public void A_full_playbook_takes_no_more_and_says_so()
    {
        var before = Build.Playbook([.. Enumerable.Range(1, 200).Select(number => Build.Entry($"e{number}"))]);
        var result = Build.Apply(before, Operations(add: [Build.Candidate()], revise: [Build.Candidate("e1", imperative: "Look once")]));
        Assert.True(result.Accepted);
        Assert.Equal(200, result.Playbook.Entries.Length);
        Assert.Equal("Look once", result.Playbook.Entries[0].Action.Imperative);
        Assert.Contains("200 is the maximum", Assert.Single(Assert.Single(result.Failures).Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_three_hundred_entries_that_are_pruned_no_word_is_in_the_next_prompt()
    {
        var (playbook, pruned) = (Build.Playbook() with { StudentPreface = "" }, new List<string>());
        for (var round = 0; round < 100; round++)
        {
            // Three rules that do harm, said by the model in its prose as well, one of them in other words.
            var entries = Enumerable.Range(0, 3).Select(number => Build.Candidate(
                $"bad-{round}-{number}", imperative: $"Offer voucher{round}x{number} whenever parcel{round}x{number} is late")).ToList();
            var prose = string.Join("\\n", Enumerable.Range(0, 3).Select(number =>
                $"- {(number == 1 ? "You should always offer" : "Offer")} voucher{round}x{number} whenever parcel{round}x{number} is late."));
            playbook = Build.Apply(playbook, Build.Answer(entries, $"'student_pamphlet':'Stay calm.\\n{prose}'")).Playbook;
            pruned.AddRange(Enumerable.Range(0, 3).SelectMany(number => (string[])[$"voucher{round}x{number}", $"parcel{round}x{number}"]));
            Assert.Equal(3, playbook.Entries.Length);
            playbook = playbook with { Entries = [.. playbook.Entries.Select(entry => entry with { Impact = new EntryImpact { SessionsObserved = 50 } })] };

            // The model repeats what it was shown, and could not know better.
            var result = Build.Apply(playbook, Build.Answer(round % 2 == 0 ? entries : [], round % 3 == 0 ? $"'student_pamphlet':'Stay calm!\\n{prose}'" : ""));
            Assert.Equal(3, result.Pruned.Length);
            playbook = result.Playbook;
            var prompt = GivenText.Of(playbook, "student", 100_000)?.Text.Text ?? "";
            Assert.DoesNotContain(pruned, word => prompt.Contains(word, StringComparison.OrdinalIgnoreCase));
        }

        Assert.Equal(300 * 2, pruned.Count);
    }

    [Fact]
    public void A_forgetful_model_loses_nothing_in_a_thousand_syntheses_and_the_text_keeps_its_budget()
    {
        const int Seed = 20_261_128;
        var random = new Random(Seed);
        var options = new LearningOptions { PlaybookLimit = 1000 };
        var playbook = LearnedPlaybook.Empty;
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var round = 0; round < 1000; round++)
        {
            // It adds something now and then, sometimes rewords or argues against an entry, and forgets all others; every third
            // answer is in the original's form, with a whole new text and hardly any entries.
            var (add, revise, retire) = (new List<string>(), new List<string>(), new List<(string, string)>());
            if (random.Next(4) == 0 && expected.Count < 150)
            {
                add.Add(Build.Candidate(imperative: $"Check queue {round} twice"));
            }

            if (expected.Count > 0 && random.Next(5) == 0)
            {
                revise.Add(Build.Candidate(Any(), imperative: $"Check worker {round} once"));
            }

            if (expected.Count > 0 && random.Next(10) == 0 && Any() is var gone && !revise.Any(entry => entry.Contains($"\"{gone}\"", StringComparison.Ordinal)))
            {
                retire.Add((gone, "It failed twice."));
            }

            var answer = round % 3 == 0
                ? Build.Answer([.. add, .. revise], $"'student_pamphlet':'Text {round}: {string.Concat(Enumerable.Repeat("think before you act. ", random.Next(80)))}','metadata':{{'dropped_entries':{JsonSerializer.Serialize(retire.Select(each => new { id = each.Item1, reason = each.Item2 }))}}}")
                : Operations(add, revise, retire);
            playbook = Build.Apply(playbook, answer, Build.Context(options)).Playbook;
            foreach (var (id, _) in retire)
            {
                expected.Remove(id);
            }

            foreach (var entry in playbook.Entries.Where(entry => entry.Action.Imperative.Contains($" {round} ", StringComparison.Ordinal)))
            {
                expected[entry.Id!] = entry.Action.Imperative;
            }

            Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), playbook.Entries.ToDictionary(entry => entry.Id!, entry => entry.Action.Imperative).OrderBy(pair => pair.Key, StringComparer.Ordinal));
            var given = GivenText.Of(playbook, "student", options.PlaybookLimit);
            Assert.True((given?.Text.Text.EnumerateRunes().Count() ?? 0) <= options.PlaybookLimit, $"seed {Seed}, round {round}");
            Assert.Equal(playbook.Entries.Length, (given?.Entries.Length ?? 0) + (given?.LeftOut.Length ?? 0));
        }

        Assert.True(expected.Count > 20, $"{expected.Count} entries are left; seed {Seed}");

        string Any() => expected.Keys.Order(StringComparer.Ordinal).ElementAt(random.Next(expected.Count));
    }

    private static JsonElement Operations(IEnumerable<string>? add = null, IEnumerable<string>? revise = null, IEnumerable<(string Id, string Reason)>? retire = null) =>
        JsonElement.Parse($$"""
            {"add_entries": [{{string.Join(',', add ?? [])}}], "revise_entries": [{{string.Join(',', revise ?? [])}}],
             "retire_entries": {{JsonSerializer.Serialize((retire ?? []).Select(each => new { id = each.Id, reason = each.Reason }), AtlasJson.Options)}}}
            """);
}
