using Atlas.Domain.Playbooks;
using Atlas.Learning.Leaks;
using Atlas.Learning.Options;

namespace Atlas.Learning.Journal;

/// <summary>What follows from an alarm: a trial of the current version against the one of better times. Pure.</summary>
public static class AlarmDecisions
{
    /// <summary>The version that was current while rewards were usual, if an alarm asks for a trial against it; null else.</summary>
    public static int? AsksFor(LearningKeyState state, LearningOptions options) => state is { Frozen: null, Served: null, Trials: { AlarmSince: not null, Evidence.Canary: null, GoodVersion: > 0 and var good } }
        && options.Evidence.Enabled && CurrentPlaybook.Of(state, options) is { ReachesPrompts: true } current && current.Version != good ? good : null;

    /// <summary>Tries the current version against an earlier one.</summary>
    /// <param name="state">The key.</param>
    /// <param name="good">The earlier version, as the archive has it.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="at">When.</param>
    public static Decision<bool> Answer(LearningKeyState state, ServedPlaybook good, LearningOptions options, DateTimeOffset at)
    {
        if (AsksFor(state, options) != good.Version || state.Trials is not { } trials || LeakGuard.Of(options.LeakGuard).Objection(good.Playbook) is not null)
        {
            return new([], false);
        }

        var current = CurrentPlaybook.Of(state, options);
        var offer = new CanaryOffer(
            new(good.Version, EvidenceDecisions.Treatment(good.Playbook, trials.Evidence, trials.Rules), WasRead: true),
            new(current.Version, EvidenceDecisions.Treatment(current.Playbook, trials.Evidence, trials.Rules), WasRead: true));
        return offer.Served.Sha == offer.Version.Sha ? new([], false) : new(
            [new CanaryBegun { Offer = offer, Parent = good with { Playbook = good.Playbook with { Metadata = LearnedPlaybook.Empty.Metadata } }, Reason = "rewards became lower than they were", At = at, Author = "evidence" }],
            true);
    }
}
