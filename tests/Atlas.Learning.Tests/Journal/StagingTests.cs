using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Options;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Journal;

/// <summary>Which version a key's sessions are given, while others are made.</summary>
public sealed class StagingTests
{
    private static readonly LearningOptions On = new() { Evidence = new() { Enabled = false } };
    private static readonly LearningOptions Off = new() { ApplyToPrompts = false, Evidence = new() { Enabled = false } };

    [Fact]
    public void On_a_staged_key_a_new_version_is_a_candidate_until_it_is_promoted()
    {
        var key = new StagedKey(On).Import("Look first.").Stage().Import("Ask first.");

        Assert.Equal(("Look first.", 2), (key.Told, key.State.Version));
        Assert.Equal("Ask first.", key.Promote().Told);
    }

    [Fact]
    public void With_prompts_off_nothing_is_told_until_a_version_is_promoted()
    {
        var key = new StagedKey(Off).Import("Look first.");

        Assert.Null(key.Told);
        Assert.Equal("Look first.", key.Promote().Told);
        Assert.Equal("Look first.", key.Import("Ask first.").Told);
    }

    [Fact]
    public void Unstaging_makes_the_newest_candidate_current() =>
        Assert.Equal("Ask first.", new StagedKey(On).Import("Look first.").Stage().Import("Ask first.").Unstage().Told);

    [Fact]
    public void A_key_can_be_unstaged_although_the_configuration_keeps_playbooks_out_of_prompts() =>
        Assert.Equal("Look first.", new StagedKey(Off).Import("Look first.").Unstage().Told);

    [Fact]
    public void Promoting_an_earlier_version_takes_a_promotion_back()
    {
        var key = new StagedKey(On).Import("Look first.").Stage().Import("Ask first.").Promote();

        key.Promote(1);

        Assert.Equal(("Look first.", 2), (key.Told, key.State.Version));
        Assert.Equal([2, 1], key.Events.OfType<VersionPromoted>().Select(promoted => promoted.Version));
        Assert.Equal([1, 2], key.Events.OfType<VersionPromoted>().Select(promoted => promoted.Before));
        Assert.All(key.Events.OfType<VersionPromoted>(), promoted => Assert.Equal(("ann", "a reason"), (promoted.Author, promoted.Reason)));
    }

    [Fact]
    public void A_key_that_is_not_staged_refuses_a_promotion_and_says_what_to_do()
    {
        var refused = Assert.Throws<RefusedException>(() => new StagedKey(On).Import("Look first.").Import("Ask first.").Promote(1));

        Assert.Contains("not staged", refused.Message, StringComparison.Ordinal);
        Assert.Contains("rollback", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pinned_key_says_the_same_whatever_is_made_until_it_is_unpinned()
    {
        var key = new StagedKey(On).Import("Look first.").Import("Ask first.").Pin(1).Import("Wait first.");

        Assert.Equal(("Look first.", 3), (key.Told, key.State.Version));
        Assert.Equal("Wait first.", key.Unpin().Told);
    }

    [Fact]
    public void A_staged_key_keeps_the_pinned_version_when_it_is_unpinned()
    {
        var key = new StagedKey(On).Import("Look first.").Stage().Import("Ask first.").Pin(2).Import("Wait first.").Unpin();

        Assert.Equal("Ask first.", key.Told);
    }

    [Fact]
    public void A_pinned_key_refuses_a_promotion_and_a_rollback_and_names_who_pinned_it()
    {
        var key = new StagedKey(On).Import("Look first.").Stage().Import("Ask first.").Pin(1);

        Assert.Contains("pinned to version 1 by ann", Assert.Throws<RefusedException>(() => key.Promote()).Message, StringComparison.Ordinal);
        Assert.Contains("Unpin it first", Assert.Throws<RefusedException>(() => key.Rollback(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rollback_of_a_staged_key_reaches_the_prompts_and_the_chain_goes_on_from_it()
    {
        var key = new StagedKey(On).Import("Look first.").Import("Ask first.").Stage().Import("Wait first.").Rollback(1);

        Assert.Equal(("Look first.", 4, 4), (key.Told, key.State.Version, key.Current.Version));
        Assert.Equal("Look first.", key.State.Playbook.StudentText);
    }

    [Fact]
    public void A_rollback_tells_nothing_where_nothing_was_promoted()
    {
        var key = new StagedKey(Off).Import("Look first.").Import("Ask first.").Rollback(1);

        Assert.Null(key.Told);
    }

    [Fact]
    public void Promoting_version_0_tells_sessions_nothing_again()
    {
        var key = new StagedKey(Off).Import("Look first.").Promote().Promote(0);

        Assert.Equal((0, ""), (key.Current.Version, key.Told));
    }

    [Fact]
    public void Asking_for_what_is_so_already_leads_to_no_event()
    {
        var key = new StagedKey(On).Import("Look first.").Stage().Pin(1);
        var events = key.Events.Count;

        key.Stage().Pin(1).Unpin().Unpin().Promote().Promote(1);

        Assert.Equal([typeof(VersionUnpinned)], key.Events.Skip(events).Select(happened => happened.GetType()));
    }

    [Fact]
    public void A_frozen_key_refuses_every_change_of_what_is_served()
    {
        var key = new StagedKey(On).Import("Look first.").Stage().Import("Ask first.").Freeze();

        Action[] changes = [() => key.Stage(), () => key.Unstage(), () => key.Promote(), () => key.Pin(1), () => key.Unpin(), () => key.Rollback(1)];

        Assert.All(changes, change =>
            Assert.Contains("frozen by ann", Assert.Throws<RefusedException>(change).Message, StringComparison.Ordinal));
        Assert.Equal("Ask first.", key.Unfreeze().Promote().Told);
    }

    [Fact]
    public void A_session_is_evidence_for_the_entries_it_was_given_and_for_no_candidate()
    {
        var key = new StagedKey(On)
            .Import("Look first.", StagedKey.Entry(1), StagedKey.Entry(2)).Stage().Import("Ask first.", StagedKey.Entry(2), StagedKey.Entry(3))
            .Observe(7, 0.5);

        Assert.Equal([1, 1], key.Current.Playbook.Entries.Select(entry => entry.Impact?.SessionsObserved ?? 0));
        Assert.Equal([1, 0], key.State.Playbook.Entries.Select(entry => entry.Impact?.SessionsObserved ?? 0));

        key.Promote(2).Observe(8, 0.5);

        Assert.Equal([2, 1], key.Current.Playbook.Entries.Select(entry => entry.Impact?.SessionsObserved ?? 0));
        Assert.Equal(2, key.Promote(1).Current.Playbook.Entries[1].Impact?.SessionsObserved);
    }

    [Fact]
    public void With_prompts_off_a_session_is_evidence_for_nothing() =>
        Assert.Null(new StagedKey(Off).Import("Look first.", StagedKey.Entry(1)).Observe(7, 0.5).State.Playbook.Entries.Single().Impact);

    /// <summary>Any sequence of commands against a model of three variables: staged, pinned, promoted.</summary>
    [Fact]
    public void What_is_served_is_what_was_promoted_or_pinned_last_else_the_newest() =>
        Gen.Select(Gen.Bool, Gen.Select(Gen.Int[0, 8], Gen.Int[0, 5]).List[0, 50]).Sample((applied, steps) =>
        {
            var options = applied ? On : Off;
            var key = new StagedKey(options);
            bool? said = null;
            int? pinned = null;
            int? served = null;
            var versions = 0;
            foreach (var (kind, number) in steps)
            {
                var staged = said ?? !applied;
                var version = versions == 0 ? 0 : number % (versions + 1);
                switch (kind)
                {
                    case 0 or 1:
                        key.Import($"Text {number}.");
                        versions = key.State.Version;
                        break;
                    case 2:
                        key.Stage();
                        served ??= staged ? null : versions;
                        said = true;
                        break;
                    case 3:
                        key.Unstage();
                        served = staged && pinned is null ? null : served;
                        said = staged ? false : said;
                        break;
                    case 4 when staged && pinned is null:
                        key.Promote(version);
                        served = version;
                        said ??= true;
                        break;
                    case 5:
                        key.Pin(version);
                        served = pinned = version;
                        break;
                    case 6:
                        key.Unpin();
                        served = staged || pinned is null ? served : null;
                        said = pinned is not null && staged ? true : said;
                        pinned = null;
                        break;
                    case 7 when pinned is null && versions > 0:
                        var text = key.TextOf(version);
                        var told = key.Told is not null;
                        key.Rollback(version);
                        versions = key.State.Version;
                        Assert.Equal(told ? text : null, key.Told);
                        served = served is null ? null : key.Current.Version;
                        break;
                    case 8:
                        // What is stored is what is gone on with.
                        var stored = JsonSerializer.Serialize(key.State, AtlasJson.Options);
                        var restored = JsonSerializer.Deserialize<LearningKeyState>(stored, AtlasJson.Options)!;
                        Assert.Equal(key.Current.Version, CurrentPlaybook.Of(restored, options).Version);
                        break;
                }

                var stagedNow = said ?? !applied;
                Assert.Equal(served ?? versions, key.Current.Version);
                Assert.Equal(key.TextOf(key.Current.Version), key.Current.Playbook.StudentText);
                Assert.Equal(served is not null || !stagedNow, key.Current.ReachesPrompts);
                Assert.Equal(key.Events.OfType<PlaybookChanged>().Count(), key.State.Version);
            }
        }, iter: 500);
}
