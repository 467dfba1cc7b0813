using System.Globalization;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Findings in words. Every sentence says what was counted; none says why it is so.</summary>
internal static class Phrases
{
    /// <summary>Returns what to do about an action, without a full stop.</summary>
    public static string Imperative(Candidate finding) => (finding.Trait.Kind, finding.Good, finding.Comparison) switch
    {
        (TraitKind.Order, true, _) => $"Call {finding.Trait.Name} directly before {finding.Trait.Next}",
        (TraitKind.Order, false, _) => $"Do not go straight from {finding.Trait.Name} to {finding.Trait.Next}",
        (_, true, Comparison.SameTask) => $"Use {finding.Trait.Name}",
        (_, true, _) => $"Consider {finding.Trait.Name} where the task and the rules allow it",
        (_, false, Comparison.SameTask) => $"Do without {finding.Trait.Name} where another way serves the task",
        (_, false, _) => $"Take care with {finding.Trait.Name}: compare what you pass with what was asked",
    };

    /// <summary>Returns what a reviewer of the run checks, without a full stop.</summary>
    public static string Check(Candidate finding) => (finding.Trait.Kind, finding.Good) switch
    {
        (TraitKind.Order, true) => $"{finding.Trait.Next} comes directly after {finding.Trait.Name}",
        (TraitKind.Order, false) => $"{finding.Trait.Next} does not come directly after {finding.Trait.Name}",
        (_, true) => $"{finding.Trait.Name} was considered",
        _ => $"{finding.Trait.Name} was needed, and was given what was asked for",
    };

    /// <summary>Returns the counts behind a finding about an action, and how certain it is.</summary>
    public static string Evidence(Candidate finding, Counts counts) =>
        $"Rewarded in {counts.GoodWith} of {counts.With} sessions with it, in {counts.GoodWithout} of {counts.Without} without"
        + $"{(finding.Trait.Kind == TraitKind.Order ? $" (all called {finding.Trait.Next})" : "")}; {Bound(finding)}.";

    /// <summary>Returns what was observed, in words that do not change with every session.</summary>
    public static string Effect(Candidate finding) =>
        $"Sessions with it were {(finding.Good ? "more" : "less")} often rewarded than those without.";

    public static string Constraints(Candidate finding) => finding.Comparison == Comparison.SameTask
        ? "Counted between runs of the same tasks; what went together, not why."
        : "Counted between different tasks; the kind of task may be the reason.";

    public static string Compared(Comparison comparison) =>
        comparison == Comparison.SameTask ? "same tasks" : "different tasks";

    private static string Bound(Candidate finding) => finding.Kept
        ? $"p ≤ {RoundedUp(finding.P)} ({Compared(finding.Comparison)}, uncorrected; held corrected before)"
        : $"p ≤ {RoundedUp(finding.Adjusted)} ({Compared(finding.Comparison)}, after Holm over {finding.Among} candidates)";

    private static string RoundedUp(double p)
    {
        const double Smallest = 0.0001;
        return p <= Smallest
            ? "0.0001"
            : (Math.Ceiling(Math.Round(p / Smallest, 6)) * Smallest).ToString("0.####", CultureInfo.InvariantCulture);
    }
}
