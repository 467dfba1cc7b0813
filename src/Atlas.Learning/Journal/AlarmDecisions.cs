using Atlas.Domain.Playbooks;
using Atlas.Learning.Leaks;
using Atlas.Learning.Options;

namespace Atlas.Learning.Journal;

/// <summary>What follows from an alarm: a trial of the current version against the last good one, or a new beginning of the watch. Pure.</summary>
public static class AlarmDecisions
{
    /// <summary>Whether an alarm waits for its answer, or has lost the trial that was to answer it.</summary>
    public static bool IsOpen(LearningKeyState state) =>
        state.Trials is { Evidence: { Canary: null, Watch: var watch } } trials && (trials.AlarmSince is not null || watch is { IsRaised: true, IsClosed: false });

    /// <summary>Returns the version that was current while rewards were usual, if an alarm requires a trial against it; otherwise
    /// null.</summary>
    public static int? AsksFor(LearningKeyState state, LearningOptions options) => state is { Frozen: null, Served: null, Trials: { AlarmSince: not null, Evidence.Canary: null, GoodVersion: > 0 and var good } }
        && options.Evidence.Enabled && CurrentPlaybook.Of(state, options) is { ReachesPrompts: true } current && current.Version != good ? good : null;

    /// <summary>Starts a trial of the current version against an earlier one, or closes the alarm if sessions could not tell them
    /// apart.</summary>
    /// <param name="state">The key.</param>
    /// <param name="good">The earlier version, from the archive.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="at">The time.</param>
    public static Decision<bool> Answer(LearningKeyState state, ServedPlaybook good, LearningOptions options, DateTimeOffset at)
    {
        if (AsksFor(state, options) != good.Version || state.Trials is not { } trials)
        {
            return new([], false);
        }

        if (LeakGuard.Of(options.LeakGuard).Objection(good.Playbook) is not null)
        {
            return Closed($"version {good.Version} contains an answer of learning.leak_guard", at);
        }

        var current = CurrentPlaybook.Of(state, options);
        var offer = new CanaryOffer(
            new(good.Version, EvidenceDecisions.Treatment(good.Playbook, trials.Evidence, trials.Rules), WasRead: true),
            new(current.Version, EvidenceDecisions.Treatment(current.Playbook, trials.Evidence, trials.Rules), WasRead: true));
        return offer.Served.Sha == offer.Version.Sha ? Closed($"versions {good.Version} and {current.Version} give sessions the same text", at) : new(
            [new CanaryBegun { Offer = offer, Parent = good with { Playbook = good.Playbook with { Metadata = LearnedPlaybook.Empty.Metadata } }, Reason = "rewards fell", At = at, Author = "evidence" }],
            true);
    }

    /// <summary>Closes an alarm that no trial can answer. Otherwise it would stay raised, and a further decline would raise nothing.</summary>
    /// <param name="state">The key.</param>
    /// <param name="asked">What <see cref="AsksFor"/> said when the trial turned out to be impossible; null if it asked for none.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="at">The time.</param>
    public static Decision<bool> Close(LearningKeyState state, int? asked, LearningOptions options, DateTimeOffset at) =>
        !IsOpen(state) || AsksFor(state, options) != asked ? new([], false)
        : Closed(asked is { } missing ? $"version {missing} is not in the archive" : "no trial can be started", at);

    private static Decision<bool> Closed(string reason, DateTimeOffset at) => new([new AlarmClosed { Reason = reason, At = at, Author = "evidence" }], true);
}
