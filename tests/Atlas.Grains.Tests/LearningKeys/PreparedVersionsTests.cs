using Atlas.Domain.Playbooks;
using Atlas.Grains.LearningKeys;
using Atlas.Grains.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Xunit;

namespace Atlas.Grains.Tests.LearningKeys;

/// <summary>What a key keeps rendered never outlives what it is made of.</summary>
public sealed class PreparedVersionsTests
{
    private const string Key = "support/refunds";

    [Fact]
    public void A_pinned_version_is_rendered_again_when_forgetting_took_words_out_of_it()
    {
        var prepared = new PreparedVersions(Key, new LearningOptions { Evidence = new EvidenceOptions { Enabled = false } });
        var before = Pinned("Ask Ada first.") with { Forgetting = null };
        var after = Pinned("Be brief.") with { Forgetting = new KeyForgetting(9, SessionIdSet.Empty.Add(7)) };
        Assert.Contains("Ada", Given(before), StringComparison.Ordinal);

        // The new state is prepared before anybody sees it, and a start in between still gets the old one.
        Assert.DoesNotContain("Ada", prepared.Current(after).Student!.Text, StringComparison.Ordinal);
        Assert.Contains("Ada", Given(before), StringComparison.Ordinal);

        Assert.DoesNotContain("Ada", Given(after), StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", prepared.Current(after).Student!.Text, StringComparison.Ordinal);

        string Given(LearningKeyState state) => prepared.Assign(state, "unit", null, "Refund order 1042").Playbook.Student!.Text;
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, true)]
    public void Nobody_is_held_out_while_an_experiment_compares_a_version_with_no_text(int firstVersion, bool isHeldOut)
    {
        var prepared = new PreparedVersions(Key, new LearningOptions());
        var (first, other) = (Version(firstVersion, firstVersion == 0 ? "" : "Be kind."), Version(3, "Be brief."));
        var experiment = new ExperimentTrial { Number = 1, Plan = new() { FirstVersion = firstVersion, NewVersion = 3 }, StartedAt = DateTimeOffset.UnixEpoch, StartedBy = "ann" };
        var state = Pinned("Be calm.") with
        {
            Trials = KeyTrials.Of(new()) with { Evidence = KeyEvidence.None with { Experiment = experiment }, FirstArm = first, NewArm = other },
        };

        var assigned = Assigned(prepared, state);

        Assert.All(assigned, session => Assert.Equal(isHeldOut, session.Assignment!.Holdout is not null));
        Assert.Equal(isHeldOut, assigned.Any(session => session.Assignment!.IsHeldOut));
        Assert.All(assigned.Where(session => session.Assignment!.Experiment is { Shown: false }), session => Assert.Equal(firstVersion == 0, session.Playbook.Student is null));
        Assert.All(assigned.Where(session => session.Assignment!.Experiment is { Shown: true }), session => Assert.Equal("Be brief.", session.Playbook.Student!.Text));
    }

    [Theory]
    [InlineData("", "Be kind.")]
    [InlineData("Be brief.", "")]
    public void A_version_on_trial_that_says_nothing_keeps_its_arm_and_nobody_is_held_out_meanwhile(string preface, string parent)
    {
        var assigned = Assigned(new PreparedVersions(Key, new LearningOptions()), OnTrial(preface, parent));

        Assert.All(assigned, session => Assert.Null(session.Assignment!.Holdout));
        Assert.All(assigned, session => Assert.Equal(
            session.Assignment!.Canary!.Shown ? preface : parent, session.Playbook.ApplyToPrompts ? session.Playbook.Student?.Text ?? "" : "-"));
        Assert.InRange(assigned.Count(session => session.Assignment!.Canary!.Shown), 70, 130);
    }

    [Fact]
    public void A_version_on_trial_that_the_configuration_stages_is_drawn_for_nobody()
    {
        var assigned = Assigned(new PreparedVersions(Key, new LearningOptions { ApplyToPrompts = false }), OnTrial("Be brief.", "Be kind."));

        Assert.All(assigned, session => Assert.Equal((null, false), (session.Assignment!.Canary, session.Playbook.ApplyToPrompts)));
    }

    private static LearningKeyState OnTrial(string preface, string parent) => LearningKeyState.Empty with
    {
        LearningKey = Key,
        Version = 2,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        Playbook = Version(2, preface).Playbook,
        Trials = KeyTrials.Of(new()) with
        {
            Evidence = KeyEvidence.None with { Canary = CanaryTrial.Offer(null, new(1, "a", WasRead: true), new(2, "b", WasRead: false)) }, Parent = Version(1, parent),
        },
    };

    private static List<AssignedPlaybook> Assigned(PreparedVersions prepared, LearningKeyState state) =>
        [.. Enumerable.Range(0, 200).Select(number => prepared.Assign(state, $"unit {number}", null, "Refund order 1042"))];

    private static ServedPlaybook Version(int number, string preface) =>
        new(number, DateTimeOffset.UnixEpoch, LearnedPlaybook.Empty with { Form = PlaybookForm.Entries, StudentPreface = preface });

    private static LearningKeyState Pinned(string preface) => LearningKeyState.Empty with
    {
        LearningKey = Key,
        Version = 2,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        Served = new ServedPlaybook(1, DateTimeOffset.UnixEpoch, LearnedPlaybook.Empty with { Form = PlaybookForm.Entries, StudentPreface = preface }),
    };
}
