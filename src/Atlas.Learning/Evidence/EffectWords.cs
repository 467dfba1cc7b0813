using System.Globalization;

namespace Atlas.Learning.Evidence;

/// <summary>Says in plain words what is known of an effect. Everything that prints an effect says it with these words, so that one comparison
/// has one verdict wherever it is read.</summary>
public static class EffectWords
{
    /// <summary>The first line of a report: whether learning helps a key.</summary>
    /// <param name="learning">What is known; null where nothing was ever withheld.</param>
    /// <param name="rules">The bounds in force; null for a key of which nothing is known.</param>
    public static string OfLearning(EffectSummary? learning, EvidenceOptions? rules)
    {
        if (rules is { Enabled: false } or { HoldoutShare: 0 })
        {
            return learning is null or { Shown: 0, Held: 0 }
                ? $"Whether learning helps this key cannot be said: {(rules.Enabled ? "learning.evidence.holdout_share is 0" : "learning.evidence.enabled is false")}, so no session runs without a playbook."
                : Of(learning, "learning", "this key", "with a playbook", "without");
        }

        return learning is null or { Shown: 0, Held: 0 }
            ? "Whether learning helps this key is not known: no session has been drawn to run with or without a playbook yet."
            : Of(learning, "learning", "this key", "with a playbook", "without");
    }

    /// <summary>A sentence on any effect.</summary>
    /// <param name="effect">What is known.</param>
    /// <param name="what">What is tried, such as <c>learning</c> or <c>version 4</c>.</param>
    /// <param name="whom">What it is tried on, such as <c>this key</c>; blank for nothing.</param>
    /// <param name="with">What the sessions that were shown it had.</param>
    /// <param name="without">What the others had.</param>
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
            EffectVerdict.AssignmentBroken => $"Nothing can be said about {what}: of the sessions drawn at random too many are missing on one side ({sessions}).",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"Not enough evidence yet on whether {what} helps{on}: {sessions}; about {effect.Missing} more are needed until a difference of {effect.Difference * 100:0} points could be seen.{(effect.Effect is null ? "" : $" So far it lies {Bounds(effect)}.")}"),
        };
    }

    /// <summary>Which question the trial of a version answers.</summary>
    /// <param name="version">The version.</param>
    /// <param name="parent">What it is held against.</param>
    public static string QuestionOf(int version, int parent) => string.Create(
        CultureInfo.InvariantCulture,
        $"This answers whether version {version} is better than version {parent}, both as they were written: what sessions teach meanwhile is given to neither.");

    /// <summary>The bounds: <c>between −4 and +31 points (90 % sure at every look)</c>.</summary>
    public static string Bounds(EffectSummary effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        return string.Create(CultureInfo.InvariantCulture, $"between {Points(effect.Bounds.Low)} and {Points(effect.Bounds.High)} ({effect.Confidence * 100:0.#} % sure, at every look)");
    }

    /// <summary>An effect in points of reward: <c>+18</c>; a dash where there is none.</summary>
    public static string Points(double? effect) => effect is { } value ? (value * 100).ToString("+0;\u22120;0", CultureInfo.InvariantCulture) : "\u2013";

    /// <summary>A standing in a word or two.</summary>
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
