using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Benchmarks.Histories;

/// <summary>Computes the state of a learning key after any number of <see cref="SampleSessions"/> without processing all of them.</summary>
/// <remarks>The journal contains the first version of <see cref="SamplePlaybook"/>, then every session, and after every tenth session a
/// synthesis that changes nothing. Folding a million sessions takes half a minute, so whole periods in the middle are added up instead:
/// everything that grows without bound is a sum. What is bounded (id sets, windows, streaks, incidents) comes from folding the last
/// sessions. <see cref="Verify"/> compares the result with a fold of everything.</remarks>
internal static class KeyHistory
{
    /// <summary>The numbers of sessions that are compared, with their names.</summary>
    public static readonly (string Name, int Sessions)[] Sizes = [("1e2", 100), ("1e4", 10_000), ("1e6", 1_000_000)];

    /// <summary>The number of sessions between two syntheses.</summary>
    public const int SessionsPerSynthesis = 10;

    // Long enough to fill every bounded part of the state.
    private const int Tail = 3 * SampleSessions.Period;

    private static readonly LearningOptions Options = new();
    private static readonly DriftOptions Drift = new();

    /// <summary>Gets the event that created the playbook.</summary>
    public static PlaybookChanged First { get; } = new()
    {
        Sequence = 1,
        Version = 1,
        Cause = PlaybookCause.Import,
        ContentSha256 = PlaybookContentHash.Compute(SamplePlaybook.Playbook),
        Playbook = SamplePlaybook.Playbook,
        At = SampleSessions.Epoch,
        Author = "benchmark",
    };

    /// <summary>Returns the state after <paramref name="sessions"/> sessions.</summary>
    /// <param name="learningKey">The learning key.</param>
    /// <param name="sessions">A multiple of <see cref="SampleSessions.Period"/>.</param>
    public static LearningKeyState After(string learningKey, int sessions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sessions % SampleSessions.Period, 0);
        var skipped = (sessions - Tail - SampleSessions.Period) / SampleSessions.Period;
        if (skipped <= 0)
        {
            return FoldAll(learningKey, sessions);
        }

        var one = FoldAll(learningKey, SampleSessions.Period);
        var two = Fold(one, SampleSessions.Period, 2 * SampleSessions.Period);
        var many = PeriodSums.Add(one, two, skipped);
        return Fold(many, SampleSessions.Period * (1 + skipped), sessions);
    }

    /// <summary>Returns <paramref name="state"/> after one more session.</summary>
    public static LearningKeyState Observe(LearningKeyState state, SessionOutcome outcome)
    {
        var standing = state.StandingOf(outcome.SessionId) ?? throw new InvalidOperationException(
            $"Session {outcome.SessionId} lies too far back for the key's memory; take a newer one.");
        var decision = LearningKeyDecisions.Observe(
            state, standing, outcome, teaches: true, Options, Drift, new("runtime", outcome.CompletedAt));
        return decision.Events.Aggregate(state, Append);
    }

    /// <summary>Compares the shortcut with a fold of 10,000 sessions.</summary>
    /// <exception cref="InvalidOperationException">The results differ.</exception>
    public static void Verify()
    {
        const int Sessions = 10_000;
        var quick = JsonSerializer.Serialize(After("verify", Sessions), AtlasJson.Options);
        var folded = JsonSerializer.Serialize(FoldAll("verify", Sessions), AtlasJson.Options);
        if (quick != folded)
        {
            throw new InvalidOperationException(
                $"The state made for {Sessions} sessions is not the one that folding them gives:\n{quick}\n{folded}");
        }
    }

    private static LearningKeyState FoldAll(string learningKey, int sessions) =>
        Fold(LearningKeyFold.Apply(LearningKeyState.Empty with { LearningKey = learningKey }, First), 0, sessions);

    private static LearningKeyState Fold(LearningKeyState state, int after, int upTo)
    {
        for (var number = after + 1; number <= upTo; number++)
        {
            state = Observe(state, SampleSessions.OutcomeOf(number));
            if (number % SessionsPerSynthesis == 0)
            {
                state = Append(state, new SynthesisConcluded
                {
                    SessionIds = state.Pending,
                    Outcome = "unchanged",
                    Synthesizer = "benchmark",
                    At = SampleSessions.EndOf(number),
                    Author = "synthesizer:benchmark",
                });
            }
        }

        return state;
    }

    private static LearningKeyState Append(LearningKeyState state, LearningKeyEvent happened) =>
        LearningKeyFold.Apply(state, happened with { Sequence = state.Revision + 1 });
}
