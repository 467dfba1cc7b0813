using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Pruning;
using Xunit;

namespace Atlas.Learning.Tests.Leaks;

/// <summary>What becomes of a playbook with an evaluation's answer in it, whoever wrote it.</summary>
public sealed class LeakAcceptanceTests
{
    private const string Secret = "ORD-10427";

    private static readonly LearningOptions Options = new() { LeakGuard = new LeakGuardOptions { Answers = ["something else", Secret] } };

    [Fact]
    public void A_candidate_that_holds_an_answer_refuses_the_proposal_with_the_reason()
    {
        var before = Build.Playbook(Build.Entry("kept"));
        var result = Build.Apply(
            before, Build.Answer([Build.Candidate("good"), Build.Candidate("bad", imperative: $"Open {Secret}")], "'student_pamphlet':'new'"), Build.Context(Options));

        Assert.False(result.Accepted);
        Assert.Equal("1 of 2 entries failed a gate; the first is 'bad': leak_gate:action.imperative contains answer 2 of learning.leak_guard.", result.Reason);
        Assert.Equal(before.StudentText, result.Playbook.StudentText);
        Assert.Equal(["kept"], result.Playbook.Entries.Select(entry => entry.Id));
        Assert.Contains("leak_gate", result.Playbook.Metadata["last_failure"].GetRawText(), StringComparison.Ordinal);
        Assert.Equal(1, result.Summary.GateFailures["leak"]);
    }

    [Theory]
    [InlineData("'student_pamphlet':'Start with ord 10427.'")]
    [InlineData("'teacher_pamphlet':'Start with ord 10427.'")]
    public void A_text_that_holds_an_answer_refuses_the_proposal_too(string text)
    {
        var result = Build.Apply(LearnedPlaybook.Empty, Build.Answer([Build.Candidate()], text), Build.Context(Options));

        Assert.False(result.Accepted);
        Assert.Matches("^A text of the answer was rejected: '(student|teacher)_pamphlet': leak_gate:contains answer 2 of learning.leak_guard.$", result.Reason);
        Assert.Empty(result.Playbook.Entries);
    }

    [Fact]
    public void With_acceptance_per_part_the_rest_is_taken_over()
    {
        var result = Build.Apply(
            Build.Playbook(),
            Build.Answer([Build.Candidate("good"), Build.Candidate("bad", pattern: Secret)], $"'student_pamphlet':'Open {Secret}','teacher_pamphlet':'Ask.'"),
            Build.Context(Options with { AcceptPerEntry = true }));

        Assert.True(result.Accepted);
        Assert.Equal(["good"], result.Playbook.Entries.Select(entry => entry.Id));
        Assert.Equal(("old student", "Ask."), (result.Playbook.StudentPreface, result.Playbook.TeacherPreface));
        Assert.Equal(["student_pamphlet", "bad"], result.Failures.Select(failure => failure.Id));
        Assert.Contains("student_pamphlet", result.Playbook.Metadata["last_failure"].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_is_kept_of_a_refused_answer_holds_it_either()
    {
        var candidate = Build.Candidate("id-ord-10427", pattern: Secret).Replace("Workers only", $"only {Secret}", StringComparison.Ordinal);
        var result = Build.Apply(
            LearnedPlaybook.Empty,
            Build.Answer([candidate], $"'session_student_learning':'saw {Secret}','metadata':{{'note':'{Secret}','{Secret}':1,'fine':2}}"),
            Build.Context(Options));

        Assert.DoesNotContain("10427", JsonSerializer.Serialize(result, AtlasJson.Options), StringComparison.Ordinal);
        Assert.True(result.Playbook.Metadata.ContainsKey("fine"));
        Assert.Null(result.StudentNote);
    }

    [Fact]
    public void What_was_learned_before_the_answer_was_listed_goes_with_the_next_synthesis()
    {
        var leaking = Build.Entry("e-10427") with { ExpectedEffect = $"finds {Secret}", Impact = new EntryImpact { SessionsObserved = 4 } };
        var before = new LearnedPlaybook { StudentPreface = $"See {Secret}", TeacherPreface = "Ask.", Entries = [leaking, Build.Entry("fine")] };

        var result = Build.Apply(before, Build.Answer([], "'student_pamphlet':'Look the order up.'"), Build.Context(Options));

        Assert.True(result.Accepted);
        Assert.True(result.Changed);
        Assert.False(result.NeedsRerun);
        Assert.Equal(("Look the order up.", "Ask."), (result.Playbook.StudentPreface, result.Playbook.TeacherPreface));
        Assert.Equal(["fine"], result.Playbook.Entries.Select(entry => entry.Id));
        var trace = Assert.Single(result.Pruned);
        Assert.Equal((PruneReason.HeldAnswer, "", 4L), (trace.Reason, trace.Imperative, trace.Impact.SessionsObserved));
    }

    [Theory]
    [InlineData(PlaybookCause.Import)]
    [InlineData(PlaybookCause.Edit)]
    public void An_import_or_an_edit_is_refused_and_told_where(PlaybookCause cause)
    {
        var playbook = Build.Playbook(Build.Entry("a"), Build.Entry("b") with { ExpectedEffect = $"finds {Secret}" });

        var refused = Assert.Throws<RefusedException>(() => LearningKeyDecisions.Import(
            new LearningKeyState(), playbook, cause, Options, new Signature("ann", Build.Now)));

        Assert.Equal(
            "The playbook contains an answer to an evaluation: entry 2, expected_effect contains answer 2 of learning.leak_guard. "
            + "Remove it from the playbook, or remove the answer from learning.leak_guard if it is not a secret.",
            refused.Message);
    }

    [Fact]
    public void A_rollback_to_a_version_with_an_answer_in_it_is_refused() => Assert.Throws<RefusedException>(() => LearningKeyDecisions.Rollback(
        new LearningKeyState(), 3, new LearnedPlaybook { TeacherPreface = $"Ask for {Secret}" }, Options, new Signature("ann", Build.Now)));

    [Fact]
    public void A_version_that_holds_an_answer_put_on_the_list_later_is_neither_promoted_nor_pinned()
    {
        var by = new Signature("ann", Build.Now);
        var archived = new ServedPlaybook(1, Build.Now, new LearnedPlaybook { StudentPreface = $"Open {Secret}" });
        var staged = new LearningKeyState { Version = 2, Staging = new Staging(true, "ann", Build.Now, null) };

        Assert.Throws<RefusedException>(() => StagingDecisions.Promote(staged, archived, Options, by));
        Assert.Throws<RefusedException>(() => StagingDecisions.Pin(staged, archived, Options, by));
        Assert.True(StagingDecisions.Pin(staged, archived, new LearningOptions(), by).Result);
    }

    [Fact]
    public void The_journal_tells_the_reason()
    {
        var proposal = new SynthesisProposal
        {
            Synthesizer = "any",
            Snapshot = new LearningKeyState(),
            SessionIds = [1],
            Answer = Build.Answer([Build.Candidate("bad", imperative: $"Open {Secret}")]),
            Context = Build.Context(Options),
        };

        var concluded = SynthesisDecisions.Conclude(new LearningKeyState(), proposal, mayRerun: true).Events.OfType<SynthesisConcluded>().Single();

        Assert.Equal("rejected", concluded.Outcome);
        Assert.Contains("leak_gate:action.imperative contains answer 2", concluded.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("10427", JsonSerializer.Serialize(concluded, AtlasJson.Options), StringComparison.Ordinal);
    }
}
