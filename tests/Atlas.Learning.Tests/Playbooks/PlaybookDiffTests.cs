using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Xunit;

namespace Atlas.Learning.Tests.Playbooks;

public sealed class PlaybookDiffTests
{
    [Fact]
    public void Texts_are_compared_line_by_line()
    {
        var difference = PlaybookDiff.Between(
            new LearnedPlaybook { StudentPreface = "a\nb\nc\nd", TeacherPreface = null },
            new LearnedPlaybook { StudentPreface = "a\nx\nc\nd\ne", TeacherPreface = "new" });
        Assert.Equal(
            [new(LineChangeKind.Removed, 2, "b"), new(LineChangeKind.Added, 2, "x"), new LineChange(LineChangeKind.Added, 5, "e")],
            difference.Student);
        Assert.Equal([new LineChange(LineChangeKind.Added, 1, "new")], difference.Teacher);
    }

    [Fact]
    public void Entries_are_added_removed_and_changed()
    {
        var before = Build.Playbook(Build.Entry("gone"), Build.Entry("changed"), Build.Entry("same", impact: new EntryImpact { SessionsObserved = 1 }));
        var after = Build.Playbook(
            Build.Entry("same", impact: new EntryImpact { SessionsObserved = 9 }) with { GeneratedAt = "2026" },
            Build.Entry("changed", EntryLifecycle.Deprecated) with { Cue = new EntryCue { Type = "keyword", Pattern = "other" } },
            Build.Entry("added"));
        var difference = PlaybookDiff.Between(before, after);
        Assert.Equal(["added"], difference.Added.Select(entry => entry.Id));
        Assert.Equal(["gone"], difference.Removed.Select(entry => entry.Id));
        var changed = Assert.Single(difference.Changed);
        Assert.Equal("changed", changed.Id);
        Assert.Equal(
            [new("cue.pattern", "\"retry budget\"", "\"other\""), new FieldChange("lifecycle", "\"active\"", "\"deprecated\"")],
            changed.Fields);
    }

    [Fact]
    public void Playbooks_that_say_the_same_do_not_differ()
    {
        var playbook = Build.Playbook(Build.Entry("e"));
        Assert.True(PlaybookDiff.Between(playbook, playbook with { Metadata = playbook.Metadata.Add("x", Build.Json("1")) }).IsEmpty);
        Assert.False(PlaybookDiff.Between(playbook, playbook with { StudentPreface = "other" }).IsEmpty);
    }

    [Fact]
    public void Very_long_texts_are_replaced_as_a_whole()
    {
        var before = new LearnedPlaybook { StudentPreface = string.Join('\n', Enumerable.Range(0, 3000)) };
        var after = new LearnedPlaybook { StudentPreface = string.Join('\n', Enumerable.Range(5000, 3000)) };
        Assert.Equal(6000, PlaybookDiff.Between(before, after).Student.Length);
    }

    [Fact]
    public void The_hash_is_of_what_a_playbook_says()
    {
        var playbook = Build.Playbook(Build.Entry("e"));
        var hash = PlaybookContentHash.Compute(playbook);
        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, PlaybookContentHash.Compute(LearningStateJson.Read(LearningStateJson.Write(playbook))));
        Assert.Equal(hash, PlaybookContentHash.Compute(Build.Playbook(Build.Entry("e") with { GeneratedAt = "x", Rubric = new EntryRubric(), Impact = new EntryImpact() })));
        Assert.Equal(
            PlaybookContentHash.Compute(Build.Playbook(Build.Entry("e"), Build.Entry("f"))),
            PlaybookContentHash.Compute(Build.Playbook(Build.Entry("f"), Build.Entry("e"))));
        LearnedPlaybook[] others =
        [
            playbook with { StudentPreface = "other" },
            playbook with { TeacherPreface = "" },
            Build.Playbook(Build.Entry("f")),
            Build.Playbook(Build.Entry("e", EntryLifecycle.Deprecated)),
            Build.Playbook(Build.Entry("e", audience: "teacher")),
            Build.Playbook(Build.Entry("e") with { ExpectedEffect = "other" }),
            Build.Playbook(Build.Entry("e"), Build.Entry("f")),
        ];
        Assert.Equal(others.Length + 1, others.Select(PlaybookContentHash.Compute).Append(hash).Distinct().Count());
    }
}
