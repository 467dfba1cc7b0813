using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Xunit;

namespace Atlas.Grains.Tests.Learning;

/// <summary>The switches of the learning block do what they say, on a key that has a playbook.</summary>
public sealed class SwitchTests
{
    private const string Key = "support/refunds";
    private static readonly string Taught = PlaybookDocument.Export(new LearnedPlaybook { StudentPreface = "Look first." });

    [Fact]
    public async Task With_learning_off_nothing_is_injected_counted_or_learned()
    {
        await using var cluster = await StartAsync(new LearningOptions { Enabled = false });

        var session = await cluster.Client.StartSessionAsync(new("Refund order 1042", Key));
        var completed = await session.CompleteAsync("Done.", 1);

        Assert.Null(session.Playbook.Student);
        Assert.False(session.Playbook.ApplyToPrompts);
        Assert.Equal((LearningStanding.Off, 0L), (completed.Learning, (await cluster.Client.DescribeAsync(Key)).SessionsObserved));
        Assert.Null(await cluster.Database.ScalarAsync<string>("SELECT playbook_sha256 FROM sessions"));
    }

    [Fact]
    public async Task With_updates_off_the_playbook_is_injected_and_notes_are_kept_but_the_key_stays_as_it_is()
    {
        await using var cluster = await StartAsync(new LearningOptions { UpdateEnabled = false });

        var session = await cluster.Client.StartSessionAsync(new("Refund order 1042", Key));
        var completed = await session.CompleteAsync(new CompleteSession(
            SessionStatus.Succeeded, "Done.", new SessionReward(1), StudentNote: "Asked for the order first."));

        Assert.Equal("Look first.", session.Playbook.Student!.Text);
        Assert.Equal((LearningStanding.Off, 0L), (completed.Learning, (await cluster.Client.DescribeAsync(Key)).SessionsObserved));
        Assert.Contains("update_enabled", completed.Reason, StringComparison.Ordinal);
        Assert.Equal("Asked for the order first.", await cluster.Database.ScalarAsync<string>("SELECT student_learning FROM sessions"));
    }

    [Fact]
    public async Task With_prompts_off_the_hash_still_goes_with_the_session()
    {
        await using var cluster = await StartAsync(new LearningOptions { ApplyToPrompts = false });

        var session = await cluster.Client.StartSessionAsync(new("Refund order 1042", Key));

        Assert.False(session.Playbook.ApplyToPrompts);
        Assert.Equal(session.Playbook.Student!.Sha256, await cluster.Database.ScalarAsync<string>("SELECT playbook_sha256 FROM sessions"));
        Assert.False(await cluster.Database.ScalarAsync<bool>("SELECT metadata ? 'applied_student_learning' FROM sessions"));
    }

    [Fact]
    public async Task With_session_notes_off_no_note_is_kept()
    {
        await using var cluster = await StartAsync(new LearningOptions { SessionNoteEnabled = false });

        var session = await cluster.Client.StartSessionAsync(new("Refund order 1042", Key));
        await session.CompleteAsync(new CompleteSession(SessionStatus.Succeeded, "Done.", StudentNote: "Asked for the order first."));

        Assert.Null(await cluster.Database.ScalarAsync<string>("SELECT student_learning FROM sessions"));
    }

    [Fact]
    public async Task The_injection_mode_goes_with_the_playbook()
    {
        await using var cluster = await StartAsync(new LearningOptions { PlaybookInjectionMode = InjectionMode.Suffix });

        Assert.Equal(InjectionMode.Suffix, (await cluster.Client.ResolveAsync(Key)).InjectionMode);
    }

    private static async Task<TestCluster> StartAsync(LearningOptions learning)
    {
        var cluster = await TestCluster.StartAsync(synthesizer: GatedSynthesizer.Open(), learning: learning);
        await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(Taught), new Attribution("operator", "a playbook to begin with"));
        return cluster;
    }
}
