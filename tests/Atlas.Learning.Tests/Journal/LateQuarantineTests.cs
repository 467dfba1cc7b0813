using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Synthesis;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>What is decided about a key while a synthesizer thinks about it.</summary>
public sealed class LateQuarantineTests
{
    [Fact]
    public void An_answer_to_a_session_that_was_quarantined_meanwhile_is_asked_for_again()
    {
        var key = new TriedKey();
        Observe(key, 7);
        Observe(key, 8);
        var proposal = Proposal(key, [7, 8], []);
        Assert.True(SynthesisDecisions.Conclude(key.State, proposal, mayRerun: false).Result.Done);

        Quarantine(key, 7);
        Assert.Equal((0, false), Concluded(key, proposal));
        Assert.True(key.Execute(SynthesisDecisions.Conclude(key.State, Proposal(key, [8], []), mayRerun: false)).Done);
        Assert.Equal([8], key.Journal.OfType<PlaybookChanged>().Last().SessionIds);
    }

    [Fact]
    public void An_answer_that_saw_an_earlier_session_quarantined_meanwhile_is_asked_for_again()
    {
        var key = new TriedKey();
        key.Import(Playbook("", "one"));
        Observe(key, 7);
        key.Execute(SynthesisDecisions.Conclude(key.State, Proposal(key, [7], []), mayRerun: false));
        Observe(key, 8);
        var proposal = Proposal(key, [8], [7, 8]);

        Quarantine(key, 7);
        Assert.Equal((0, false), Concluded(key, proposal));
        Assert.True(SynthesisDecisions.Conclude(key.State, Proposal(key, [8], [7, 8]), mayRerun: false).Result.Done);
    }

    private static (int Events, bool Done) Concluded(TriedKey key, SynthesisProposal proposal) =>
        SynthesisDecisions.Conclude(key.State, proposal, mayRerun: false) is var decision ? (decision.Events.Length, decision.Result.Done) : default;

    private static SessionOutcome Ended(long session) => Outcome(session, Drawn(Entry("one"), shown: true), 1);

    private static void Observe(TriedKey key, long session) => key.Execute(LearningKeyDecisions.Observe(
        key.State, SessionStanding.Unknown, Ended(session), teaches: true, key.Options, new DriftOptions { Enabled = false }, By));

    private static void Quarantine(TriedKey key, long session) => key.Execute(LearningKeyDecisions.Review(
        key.State, SessionStanding.Applied, session, ReviewStatus.Quarantined, mayTeach: false, By, Ended(session)));

    private static SynthesisProposal Proposal(TriedKey key, ImmutableArray<long> waiting, ImmutableArray<long> shown) => new()
    {
        Synthesizer = "model",
        Snapshot = key.State,
        SessionIds = waiting,
        Evidence = shown,
        Answer = JsonSerializer.SerializeToElement(new { student_pamphlet = "Look twice." }),
        Context = new SynthesisContext { Now = Build.Now, Options = key.Options, SessionIds = waiting },
    };
}
