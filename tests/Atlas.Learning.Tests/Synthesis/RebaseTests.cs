using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Synthesis;
using Xunit;

namespace Atlas.Learning.Tests.Synthesis;

/// <summary>What becomes of an answer when the playbook moved while the model thought (L3).</summary>
public sealed class RebaseTests
{
    private static readonly LearnedPlaybook Snapshot = Build.Playbook(Build.Entry("shown"), Build.Entry("renewed"));

    private static SynthesisResult Apply(LearnedPlaybook current, string others = "") =>
        SynthesisAcceptance.Apply(Snapshot, current, Build.Answer([Build.Candidate("renewed", imperative: "Renewed")], others), Build.Context());

    [Fact]
    public void Entries_that_were_added_meanwhile_stay_active()
    {
        var result = Apply(Snapshot with { Entries = Snapshot.Entries.Add(Build.Entry("added")) });
        Assert.Equal(
            [("shown", EntryLifecycle.Active), ("renewed", EntryLifecycle.Active), ("added", EntryLifecycle.Active)],
            result.Playbook.Entries.Select(entry => (entry.Id!, entry.Lifecycle)));
    }

    [Fact]
    public void Impact_is_that_of_now()
    {
        var impact = new EntryImpact { SessionsObserved = 9, TotalCueHits = 4 };
        var result = Apply(Snapshot with { Entries = [Build.Entry("shown", impact: impact), Build.Entry("renewed", impact: impact)] });
        Assert.Equal([impact, null], result.Playbook.Entries.Select(entry => entry.Impact));
    }

    [Fact]
    public void A_text_that_somebody_changed_is_kept_and_asks_for_a_rerun()
    {
        var result = Apply(Snapshot with { StudentPreface = "edited by a person" }, "'student_pamphlet':'from the model','teacher_pamphlet':'for the teacher'");
        Assert.Equal("edited by a person", result.Playbook.StudentPreface);
        Assert.Equal("for the teacher", result.Playbook.TeacherText);
        Assert.True(result.NeedsRerun);
        Assert.True(result.Accepted);
    }

    [Fact]
    public void A_text_that_is_unchanged_is_replaced()
    {
        var result = Apply(Snapshot with { Entries = [] }, "'student_pamphlet':'from the model'");
        Assert.Equal("from the model", result.Playbook.StudentPreface);
        Assert.False(result.NeedsRerun);
    }

    [Theory]
    [InlineData("")]
    [InlineData("'student_pamphlet':null")]
    [InlineData("'student_pamphlet':'edited by a person'")]
    public void No_rerun_is_needed_without_a_text_that_was_left_out(string others) =>
        Assert.False(Apply(Snapshot with { StudentPreface = "edited by a person" }, others).NeedsRerun);

    [Fact]
    public void A_rejected_answer_asks_for_no_rerun()
    {
        var answer = Build.Answer([Build.Candidate(handle: "unknown")], "'student_pamphlet':'new'");
        Assert.False(SynthesisAcceptance.Apply(Snapshot, Snapshot with { StudentPreface = "edited" }, answer, Build.Context()).NeedsRerun);
    }

    [Fact]
    public void An_entry_whose_words_somebody_changed_meanwhile_is_not_retired()
    {
        var edited = Build.Entry("shown") with { ExpectedEffect = "Something else" };
        var answer = Build.Json("{'retire_entries':[{'id':'shown','reason':'It failed.'},{'id':'renewed','reason':'It failed.'}]}");
        var result = SynthesisAcceptance.Apply(Snapshot, Snapshot with { Entries = [edited, Snapshot.Entries[1]] }, answer, Build.Context());
        Assert.Equal(["shown"], result.Playbook.Entries.Select(entry => entry.Id));
        Assert.Equal(("renewed", "It failed."), (Assert.Single(result.Pruned).Id, result.Pruned[0].Note));
    }

    [Fact]
    public void An_entry_that_is_gone_is_not_brought_back_by_being_deprecated()
    {
        var result = Apply(Snapshot with { Entries = [Build.Entry("renewed")] });
        Assert.Equal(["renewed"], result.Playbook.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public void Metadata_that_was_written_meanwhile_stays()
    {
        var result = Apply(Snapshot with { Metadata = Snapshot.Metadata.Add("keep", Build.Json("1")) });
        Assert.Equal(1, result.Playbook.Metadata["keep"].GetInt32());
    }
}
