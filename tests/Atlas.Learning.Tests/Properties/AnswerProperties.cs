using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Options;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Synthesis;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Properties;

/// <summary>Whatever a model answers. CsCheck prints the seed of a failing case; the variable <c>CsCheck_Seed</c> replays it.</summary>
public sealed class AnswerProperties
{
    private const int Answers = 100_000;
    private const int StoredShare = 8;

    private static readonly LearnedPlaybook Snapshot = Build.Playbook(
        Build.Entry("known", impact: new EntryImpact { SessionsObserved = 3, SessionsWithHits = 2, IncidentIds = ["a"] }),
        Build.Entry("doomed", impact: new EntryImpact { SessionsObserved = 50 }));

    private static readonly LearnedPlaybook Moved = Snapshot with { StudentPreface = "moved", Entries = Snapshot.Entries.Add(Build.Entry("added")) };

    [Fact]
    public void Any_JSON_leaves_a_valid_playbook_and_throws_nothing()
    {
        var accepted = 0;
        var renewed = 0;
        Gen.Select(JsonGen.Answer, Gen.Bool, Gen.Bool).Sample(
            (text, perEntry, moved) =>
            {
                var answer = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 2000 }).RootElement;
                var context = Build.Context(new LearningOptions { AcceptPerEntry = perEntry });
                var current = moved ? Moved : Snapshot;
                var result = SynthesisAcceptance.Apply(Snapshot, current, answer, context);
                Interlocked.Add(ref accepted, result.Accepted && result.Summary.TotalCandidates > 0 ? 1 : 0);
                Interlocked.Add(ref renewed, result.Playbook.Entries.Any(entry => entry is { Id: "known", GeneratedAt: not null }) ? 1 : 0);

                // Storing and reading takes longer than all the rest, so it is tried with a part of the answers.
                return IsValid(result, current) && (text.Length % StoredShare != 0 || IsStorable(result.Playbook));
            },
            iter: Answers,
            print: value => value.Item1);

        // The generator is of use only while a fair share of its answers gets past the gates.
        Assert.InRange(accepted, Answers / 50, Answers);
        Assert.InRange(renewed, Answers / 1000, Answers);
    }

    /// <summary>Whether the playbook can be stored, by PostgreSQL too, and says the same when it is read again.</summary>
    private static bool IsStorable(LearnedPlaybook playbook)
    {
        var text = JsonSerializer.Serialize(new ServedPlaybook(1, null, playbook), AtlasJson.Options);
        return !text.Contains("\\u0000", StringComparison.Ordinal)
            && PlaybookContentHash.Compute(JsonSerializer.Deserialize<ServedPlaybook>(text, AtlasJson.Options)!.Playbook) == PlaybookContentHash.Compute(playbook);
    }

    private static bool IsValid(SynthesisResult result, LearnedPlaybook current)
    {
        var playbook = result.Playbook;
        var ids = playbook.Entries.Select(entry => entry.Id).ToList();
        var known = playbook.Entries.SingleOrDefault(entry => entry.Id == "known");
        return ids.Distinct().Count() == ids.Count
            && playbook.Entries.All(IsValid)
            && (known is null || known.Impact == (EntryWords.AreSame(known, current.Entries[0]) ? current.Entries[0].Impact : null))
            && !ids.Contains("doomed")
            && (current.Entries.Length == 2 || playbook.Entries.Single(entry => entry.Id == "added").Lifecycle == EntryLifecycle.Active)
            && (playbook.StudentText.Length > 0)
            && (result.Accepted || (playbook.StudentPreface == current.StudentPreface && playbook.Entries.Length == current.Entries.Length - 1))
            && result.Accepted == (result.Reason is null)
            && playbook.Metadata["playbook_summary"].ValueKind == JsonValueKind.Object
            && playbook.Metadata["pruned_entries"].GetArrayLength() == 1;
    }

    private static bool IsValid(PlaybookEntry entry) =>
        !string.IsNullOrWhiteSpace(entry.Id)
        && entry.Audience is "student" or "teacher"
        && entry.Lifecycle is EntryLifecycle.Active or EntryLifecycle.Provisional or EntryLifecycle.Deprecated
        && !string.IsNullOrWhiteSpace(entry.Action.Imperative)
        && entry.Provenance?.CreatedAt is not null;
}
