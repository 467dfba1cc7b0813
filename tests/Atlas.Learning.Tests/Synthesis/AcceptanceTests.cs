using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Synthesis;
using Xunit;

namespace Atlas.Learning.Tests.Synthesis;

/// <summary>What becomes of well-formed answers.</summary>
public sealed partial class AcceptanceTests
{
    [Fact]
    public void An_accepted_answer_takes_over_entries_texts_and_notes()
    {
        var answer = Build.Answer(
            [Build.Candidate("entry-validate")],
            "'student_pamphlet':'old student, extended','teacher_pamphlet':'new teacher','session_student_learning':' s ','session_teacher_learning':'t','metadata':{'version':2}");
        var result = Build.Apply(Build.Playbook(Build.Entry("legacy")), answer);
        Assert.True(result.Accepted);
        Assert.True(result.Changed);
        Assert.Null(result.Reason);
        Assert.Equal("old student, extended", result.Playbook.StudentPreface);
        Assert.Equal("new teacher", result.Playbook.TeacherText);
        Assert.Equal(("s", "t", "Student: s Teacher: t"), (result.StudentNote, result.TeacherNote, result.SessionNote));
        Assert.Equal(2, result.Playbook.Metadata["version"].GetInt32());
        Assert.Equal(
            [("legacy", EntryLifecycle.Active), ("entry-validate", EntryLifecycle.Active)],
            result.Playbook.Entries.Select(entry => (entry.Id!, entry.Lifecycle)));
    }

    [Fact]
    public void An_accepted_entry_says_where_it_comes_from()
    {
        var context = Build.Context() with { GuidanceNotes = [" Check units", "Add citations", "", "Check units "] };
        var entry = Assert.Single(Build.Apply(LearnedPlaybook.Empty, Build.Answer([Build.Candidate()]), context).Playbook.Entries);
        var provenance = entry.Provenance!;
        Assert.Equal(42, provenance.SourceSessionId);
        Assert.Equal("b24d562c80a582f1", provenance.TeacherGuidanceDigest);
        Assert.Equal("b24d562c80a582f1", provenance.SourceTeacherInterventionHash);
        Assert.Equal("2026-03-04T09:15:21.000000+00:00", provenance.CreatedAt);
        Assert.Equal(provenance.CreatedAt, entry.GeneratedAt);
        Assert.Equal(entry.Rubric, provenance.Rubric);
        Assert.Equal("validated", entry.Metadata!["validation_status"].GetString());
    }

    [Fact]
    public void An_entry_that_is_taken_up_again_keeps_its_origin_and_is_active()
    {
        var impact = new EntryImpact { SessionsObserved = 3, SessionsWithHits = 3 };
        var before = Build.Playbook(Build.Entry("e", EntryLifecycle.Deprecated, impact));
        var said = Build.Json("{'playbook_entries':[" + JsonSerializer.Serialize(before.Entries[0], AtlasJson.Options) + "]}");
        var entry = Assert.Single(Build.Apply(before, said).Playbook.Entries);
        Assert.Equal(EntryLifecycle.Active, entry.Lifecycle);
        Assert.Equal(impact, entry.Impact);
        Assert.Equal("2026-01-01T00:00:00.000000+00:00", entry.Provenance!.CreatedAt);
        Assert.Null(entry.Provenance.RewordedAt);
    }

    [Fact]
    public void Other_words_under_an_old_id_start_with_nothing()
    {
        var impact = new EntryImpact { SessionsObserved = 3, SessionsWithHits = 3 };
        var before = Build.Playbook(Build.Entry("e", impact: impact));
        var entry = Assert.Single(Build.Apply(before, Build.Answer([Build.Candidate("e", imperative: "Now do this")])).Playbook.Entries);
        Assert.Null(entry.Impact);
        Assert.Equal("2026-01-01T00:00:00.000000+00:00", entry.Provenance!.CreatedAt);
        Assert.Equal("2026-03-04T09:15:21.000000+00:00", entry.Provenance.RewordedAt);
        Assert.Equal("Now do this", entry.Action.Imperative);
    }

    [Fact]
    public void An_empty_batch_keeps_all_entries_active()
    {
        var result = Build.Apply(Build.Playbook(Build.Entry("a"), Build.Entry("b")), Build.Answer([], "'student_pamphlet':'new'"));
        Assert.True(result.Accepted);
        Assert.All(result.Playbook.Entries, entry => Assert.Equal(EntryLifecycle.Active, entry.Lifecycle));
        Assert.Equal("new", result.Playbook.StudentPreface);
        Assert.True(result.Playbook.Metadata.ContainsKey("last_updated_at"));
    }

    [Fact]
    public void The_time_of_the_last_update_is_not_touched_by_an_empty_batch()
    {
        var first = Build.Apply(LearnedPlaybook.Empty, Build.Answer([Build.Candidate()])).Playbook;
        var later = Build.Context() with { Now = Build.Now.AddDays(1) };
        var second = Build.Apply(first, Build.Answer([]), later).Playbook;
        Assert.Equal(first.Metadata["last_updated_at"].GetString(), second.Metadata["last_updated_at"].GetString());
        var third = Build.Apply(first, Build.Answer([Build.Candidate()]), later).Playbook;
        Assert.StartsWith("2026-03-05", third.Metadata["last_updated_at"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_entry_rejects_the_whole_answer_but_not_the_notes()
    {
        var before = Build.Playbook(Build.Entry("existing"));
        var answer = Build.Answer(
            [Build.Candidate("good"), Build.Candidate("bad", handle: "unknown_handle")],
            "'student_pamphlet':'new','session_student_learning':'note'");
        var result = Build.Apply(before, answer);
        Assert.False(result.Accepted);
        Assert.False(result.Changed);
        Assert.Equal("old student", result.Playbook.StudentText);
        Assert.Equal(["existing"], result.Playbook.Entries.Select(entry => entry.Id));
        Assert.Equal("note", result.StudentNote);
        Assert.Equal("1 of 2 entries failed a gate; the first is 'bad': actionability_gate:runtime handle missing.", result.Reason);
        var failure = result.Playbook.Metadata["last_failure"];
        var rejected = Assert.Single(failure.GetProperty("rejected_candidates").EnumerateArray());
        Assert.Equal("bad", rejected.GetProperty("id").GetString());
        Assert.Equal("rejected", rejected.GetProperty("status").GetProperty("lifecycle").GetString());
        Assert.False(result.Playbook.Metadata["playbook_summary"].GetProperty("accepted").GetBoolean());
    }

    [Fact]
    public void With_acceptance_per_entry_the_good_ones_are_taken_over()
    {
        var options = new LearningOptions { AcceptPerEntry = true };
        var before = Build.Playbook(Build.Entry("kept"), Build.Entry("other"));
        var answer = Build.Answer([Build.Candidate("good"), Build.Candidate("kept", handle: "unknown")], "'student_pamphlet':'new'");
        var result = Build.Apply(before, answer, Build.Context(options));
        Assert.True(result.Accepted);
        Assert.Equal(
            [("kept", EntryLifecycle.Active), ("other", EntryLifecycle.Active), ("good", EntryLifecycle.Active)],
            result.Playbook.Entries.Select(entry => (entry.Id!, entry.Lifecycle)));
        Assert.Equal("Check the retry budget first", result.Playbook.Entries[0].Action.Imperative);
        Assert.Equal("kept", Assert.Single(result.Failures).Id);
        Assert.True(result.Playbook.Metadata.ContainsKey("last_failure"));
    }

    [Fact]
    public void With_acceptance_per_entry_an_answer_without_a_good_one_is_rejected()
    {
        var options = new LearningOptions { AcceptPerEntry = true };
        Assert.False(Build.Apply(LearnedPlaybook.Empty, Build.Answer([Build.Candidate(handle: "unknown")]), Build.Context(options)).Accepted);
    }

    [Theory]
    [InlineData(false, true, true, EntryLifecycle.Provisional)]
    [InlineData(false, false, false, null)]
    [InlineData(true, true, false, null)]
    [InlineData(true, false, false, null)]
    public void An_entry_that_is_not_general_is_provisional_or_rejected(bool enforced, bool provisionalAcceptance, bool accepted, string? lifecycle)
    {
        var options = new LearningOptions { ProvisionalAcceptance = provisionalAcceptance, Gates = new GateOptions { EnforceGenerality = enforced } };
        var result = Build.Apply(LearnedPlaybook.Empty, Build.Answer([Build.Candidate(imperative: "Open ticket-42")]), Build.Context(options));
        Assert.Equal(accepted, result.Accepted);
        Assert.Equal(lifecycle, result.Playbook.Entries.SingleOrDefault()?.Lifecycle);
        Assert.Equal("generality_gate:banned_token:ticket", Assert.Single(Assert.Single(result.Failures).Reasons));
    }

    [Fact]
    public void A_provisional_entry_carries_its_warnings_until_it_is_confirmed()
    {
        var first = Build.Apply(LearnedPlaybook.Empty, Build.Answer([Build.Candidate("e", imperative: "Open ticket-42")])).Playbook;
        Assert.Equal("provisional", first.Entries[0].Metadata!["validation_status"].GetString());
        Assert.Equal("generality_gate:banned_token:ticket", first.Entries[0].Metadata!["validation_warnings"][0].GetString());
        var second = Build.Apply(first, Build.Answer([Build.Candidate("e")])).Playbook;
        Assert.Equal(EntryLifecycle.Active, second.Entries[0].Lifecycle);
        Assert.False(second.Entries[0].Metadata!.ContainsKey("validation_warnings"));
    }

    [Theory]
    [InlineData("''")]
    [InlineData("'  \\n '")]
    [InlineData("null")]
    public void L26_a_blank_text_changes_nothing(string text)
    {
        var before = Build.Playbook() with { TeacherPreface = "old teacher" };
        var result = Build.Apply(before, Build.Answer([Build.Candidate()], $"'student_pamphlet':{text},'teacher_pamphlet':{text}"));
        Assert.True(result.Accepted);
        Assert.Equal(("old student", "old teacher"), (result.Playbook.StudentPreface, result.Playbook.TeacherPreface));
    }

    [Fact]
    public void L11_a_failure_counts_as_latest_until_a_later_synthesis()
    {
        var failed = Build.Apply(LearnedPlaybook.Empty, Build.Answer([Build.Candidate(handle: "unknown")])).Playbook;
        Assert.NotNull(LatestFailure.Of(failed));
        var recovered = Build.Apply(failed, Build.Answer([Build.Candidate()]), Build.Context() with { Now = Build.Now.AddHours(1) }).Playbook;
        Assert.True(recovered.Metadata.ContainsKey("last_failure"));
        Assert.Null(LatestFailure.Of(recovered));
    }

    [Fact]
    public void The_combined_note_can_be_switched_off()
    {
        var options = new LearningOptions { SessionNoteEnabled = false };
        var result = Build.Apply(LearnedPlaybook.Empty, Build.Answer([], "'session_student_learning':'s'"), Build.Context(options));
        Assert.Equal("s", result.StudentNote);
        Assert.Null(result.SessionNote);
    }

    [Fact]
    public void The_same_answer_twice_changes_the_playbook_once()
    {
        var answer = Build.Answer([Build.Candidate("e")], "'student_pamphlet':'new'");
        var first = Build.Apply(LearnedPlaybook.Empty, answer);
        var second = Build.Apply(first.Playbook, answer);
        Assert.True(first.Changed);
        Assert.False(second.Changed);
    }
}
