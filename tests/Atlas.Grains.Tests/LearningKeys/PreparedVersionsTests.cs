using Atlas.Domain.Playbooks;
using Atlas.Grains.LearningKeys;
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

    private static LearningKeyState Pinned(string preface) => LearningKeyState.Empty with
    {
        LearningKey = Key,
        Version = 2,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        Served = new ServedPlaybook(1, DateTimeOffset.UnixEpoch, LearnedPlaybook.Empty with { Form = PlaybookForm.Entries, StudentPreface = preface }),
    };
}
