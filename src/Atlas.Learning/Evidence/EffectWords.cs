using System.Globalization;

namespace Atlas.Learning.Evidence;

/// <summary>Describes an effect in plain words. Everything that prints an effect uses them, so a comparison has the same verdict
/// everywhere.</summary>
public static class EffectWords
{
    /// <summary>The first line of a report: whether learning helps a key.</summary>
    /// <param name="learning">What is known; null if no session was ever without a playbook.</param>
    /// <param name="rules">The bounds in force; null for a key about which nothing is known.</param>
    public static string OfLearning(EffectSummary? learning, EvidenceOptions? rules)
    {
        if (rules is { Enabled: false } or { HoldoutShare: 0 })
        {
            return learning is null or { Shown: 0, Held: 0 }
                ? $"It cannot be said whether learning helps this key: {(rules.Enabled ? "learning.evidence.holdout_share is 0" : "learning.evidence.enabled is false")}, so no session runs without a playbook."
                : Of(learning, "learning", "this key", "with a playbook", "without");
        }

        return learning is null or { Shown: 0, Held: 0 }
            ? "It is not known yet whether learning helps this key: no session has been drawn to run with or without a playbook."
            : Of(learning, "learning", "this key", "with a playbook", "without");
    }

    /// <summary>Describes any effect in a sentence.</summary>
    /// <param name="effect">What is known.</param>
    /// <param name="what">What is on trial, such as <c>learning</c> or <c>version 4</c>.</param>
    /// <param name="whom">What it is tried on, such as <c>this key</c>; blank to leave it out.</param>
    /// <param name="with">What the sessions that were shown it got.</param>
    /// <param name="without">What the others got.</param>
    public static string Of(EffectSummary effect, string what, string whom, string with, string without)
    {
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(what);
        var named = char.ToUpperInvariant(what[0]) + what[1..];
        var on = whom.Length == 0 ? "" : $" {whom}";
        var sessions = string.Create(CultureInfo.InvariantCulture, $"{Sessions(effect.Shown)} {with}, {effect.Held} {without}");
        return effect.Verdict switch
        {
            EffectVerdict.Helps => $"{named} helps{on}: {Points(effect.Effect)} points of reward, {Bounds(effect)}, from {Sessions(effect.Shown + effect.Held)} drawn at random ({sessions}).",
            EffectVerdict.Hurts => $"{named} hurts{on}: {Points(effect.Effect)} points of reward, {Bounds(effect)}, from {Sessions(effect.Shown + effect.Held)} drawn at random ({sessions}).",
            EffectVerdict.AssignmentBroken => $"Nothing can be said about {what}: too many of the sessions drawn at random are missing on one side ({sessions}).",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"Not enough evidence yet on whether {what} helps{on}: {sessions}; about {effect.Missing} more are needed to see a difference of {effect.Difference * 100:0} points.{(effect.Effect is null ? "" : $" So far, the difference is {Bounds(effect)}.")}"),
        };
    }

    /// <summary>Says that an alarm was raised, and how often such an alarm is false.</summary>
    /// <param name="limit">See <see cref="EvidenceOptions.AlarmLimit"/>.</param>
    public static string OfAlarm(double limit) => string.Create(
        CultureInfo.InvariantCulture, $"Rewards have fallen, and the cause is unknown; without a real decline, this alarm is raised about once in {limit:0} sessions.");

    /// <summary>Says that an alarm was raised, how often such an alarm is false, and which trial looks for the cause.</summary>
    /// <param name="limit">See <see cref="EvidenceOptions.AlarmLimit"/>.</param>
    /// <param name="version">The version on trial; null for none.</param>
    /// <param name="parent">The version it is compared with.</param>
    public static string OfDecline(double limit, int? version, int? parent) => string.Create(
        CultureInfo.InvariantCulture,
        $"{OfAlarm(limit)} {(version is null ? "No trial of a version is running to find the cause." : $"Version {version} is on trial against version {parent}, and the trial decides.")}");

    /// <summary>States the question that the trial of a version answers.</summary>
    /// <param name="version">The version.</param>
    /// <param name="parent">The version it is compared with.</param>
    public static string QuestionOf(int version, int parent) => string.Create(
        CultureInfo.InvariantCulture,
        $"This answers whether version {version} is better than version {parent}, both as they were written: neither gets what sessions teach in the meantime.");

    /// <summary>Formats the bounds: <c>between −4 and +31 points (90 % sure at every look)</c>.</summary>
    public static string Bounds(EffectSummary effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        return string.Create(CultureInfo.InvariantCulture, $"between {Points(effect.Bounds.Low)} and {Points(effect.Bounds.High)} ({effect.Confidence * 100:0.#} % sure, at every look)");
    }

    /// <summary>Formats an effect in points of reward: <c>+18</c>; a dash if there is none.</summary>
    public static string Points(double? effect) => effect is { } value ? (value * 100).ToString("+0;\u22120;0", CultureInfo.InvariantCulture) : "\u2013";

    /// <summary>Names a trial state in a word or two.</summary>
    public static string Standing(EntryTrialState state) => state switch
    {
        EntryTrialState.Candidate => "candidate",
        EntryTrialState.OnTrial => "on trial",
        EntryTrialState.Proven => "proven to help",
        EntryTrialState.Tolerated => "tolerated",
        EntryTrialState.Suspect => "suspect",
        EntryTrialState.Retired => "retired, of no use",
        _ => "withdrawn, harmful",
    };

    private static string Sessions(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "session" : "sessions")}");
}
