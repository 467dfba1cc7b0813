using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Synthesis;
using Xunit;
using static Atlas.Learning.Tests.Journal.TriedKey;

namespace Atlas.Learning.Tests.Journal;

/// <summary>Sessions that wait for a synthesis that does not come.</summary>
public sealed class PendingTests
{
    private const int Most = LearningKeyState.MostPending;

    [Fact]
    public void A_key_that_learns_nothing_for_long_knows_the_newest_of_its_waiting_sessions_and_counts_the_others()
    {
        var key = new TriedKey();
        Teach(key, 1, Most + 5);

        Assert.Equal((Most, 6L, 5L, Most + 5L), (key.State.Pending.Length, key.State.Pending[0], key.State.MorePending, key.State.Waiting));
        Assert.Equal(Most + 5, key.State.SessionsApplied);
        Assert.Equal(Text(key.State), Text(LearningKeyFold.Apply(LearningKeyState.Empty, key.Journal)));
    }

    [Fact]
    public void A_synthesis_takes_all_that_waited_when_it_began_however_many_come_meanwhile()
    {
        var key = new TriedKey();
        Teach(key, 1, Most + 5);
        var proposal = Proposal(key.State);
        Teach(key, Most + 6, 3);

        Assert.True(key.Execute(SynthesisDecisions.Conclude(key.State, proposal, mayRerun: true)).Done);
        Assert.Equal([Most + 6L, Most + 7L, Most + 8L], key.State.Pending);
        Assert.Equal(0, key.State.MorePending);
    }

    [Fact]
    public void A_session_quarantined_during_a_synthesis_still_makes_its_answer_outdated_while_others_come()
    {
        var key = new TriedKey();
        Teach(key, 1, Most + 5);
        var proposal = Proposal(key.State);
        Teach(key, Most + 6, 3);
        key.Execute(LearningKeyDecisions.Review(key.State, SessionStanding.Applied, Most, ReviewStatus.Quarantined, mayTeach: false, By));

        Assert.False(key.Execute(SynthesisDecisions.Conclude(key.State, proposal, mayRerun: true)).Done);
    }

    [Fact]
    public void A_state_from_before_keeps_what_waits_and_shrinks_with_the_next_session()
    {
        var state = LearningKeyState.Empty with
        {
            Pending = [.. Enumerable.Range(1, Most + 200).Select(id => (long)id)], Applied = SessionIdSet.Empty, SessionsApplied = Most + 200,
        };
        var stored = JsonSerializer.Deserialize<LearningKeyState>(Text(state), AtlasJson.Options)!;
        Assert.DoesNotContain("more_pending", Text(stored), StringComparison.Ordinal);
        Assert.Equal(Most + 200, stored.Pending.Length);

        var observed = Assert.IsType<SessionObserved>(Observed(stored, Most + 201)[^1]) with { Sequence = 1 };
        var older = LearningKeyFold.Apply(stored, observed with { PendingLimit = 0 });
        var next = LearningKeyFold.Apply(stored, observed);

        Assert.Equal((Most + 201, 0L), (older.Pending.Length, older.MorePending));
        Assert.Equal((Most, 201L, Most + 201L), (next.Pending.Length, next.MorePending, next.Pending[^1]));
    }

    private static void Teach(TriedKey key, long first, int count)
    {
        for (var id = first; id < first + count; id++)
        {
            key.Execute(new Decision<bool>(Observed(key.State, id), true));
        }
    }

    private static ImmutableArray<LearningKeyEvent> Observed(LearningKeyState state, long id) => LearningKeyDecisions.Observe(
        state, SessionStanding.Unknown, new SessionOutcome { SessionId = id, Score = 1 }, teaches: true, new LearningOptions(), new DriftOptions { Enabled = false }, By).Events;

    private static SynthesisProposal Proposal(LearningKeyState state) => new()
    {
        Synthesizer = "model",
        Snapshot = state,
        SessionIds = state.Pending,
        Answer = JsonSerializer.SerializeToElement(new { }),
        Context = new SynthesisContext { Now = Build.Now, Options = new LearningOptions(), SessionIds = state.Pending },
    };

    private static string Text(LearningKeyState state) => JsonSerializer.Serialize(state, AtlasJson.Options);
}
