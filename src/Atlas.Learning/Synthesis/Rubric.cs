using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>Scores an entry by how actionable, general, detectable and concise it is.</summary>
internal static class Rubric
{
    public const string Actionability = "actionability";
    public const string Generality = "generality";
    public const string Hookability = "hookability";
    public const string Concision = "concision";

    private static readonly string[] Order = [Actionability, Generality, Hookability, Concision];

    /// <summary>Returns the four weights, normalised to a sum of one; all zero if none is positive.</summary>
    public static ImmutableSortedDictionary<string, double> Weights(RubricWeightOptions options)
    {
        double[] given = [options.Actionability, options.Generality, options.Hookability, options.Concision];
        var positive = given.Select(weight => Math.Max(weight, 0)).ToArray();
        var sum = positive.Sum();
        return Named(positive.Select(weight => Round(weight / (sum == 0 ? 1 : sum))));
    }

    /// <summary>Returns the four scores.</summary>
    public static ImmutableSortedDictionary<string, double> Scores(
        PlaybookEntry entry, bool isActionable, bool isGeneral, bool isCueValid, GateOptions gates) => Named(
        [
            isActionable ? 1 : 0,
            isGeneral ? 1 : 0,
            isCueValid ? HookabilityOf(entry.Cue.Type) : 0,
            Round(ConcisionOf(entry, gates)),
        ]);

    public static double Total(ImmutableSortedDictionary<string, double> scores, ImmutableSortedDictionary<string, double> weights) =>
        Order.Sum(name => scores[name] * weights[name]);

    private static double HookabilityOf(string cueType) => cueType switch { "regex" => 1.0, "predicate" => 0.6, _ => 0.4 };

    private static double ConcisionOf(PlaybookEntry entry, GateOptions gates)
    {
        var text = string.Join(' ', entry.Action.Imperative, entry.ExpectedEffect, entry.Scope.Constraints, entry.Cue.Pattern);
        var excess = PythonText.Length(text) - gates.MaxTextLength - Math.Max(gates.AllowLengthOverflowMargin, 0);
        return excess <= 0 ? 1 : Math.Max(0, 1 - (excess / (double)Math.Max(gates.MaxTextLength, 1)));
    }

    private static ImmutableSortedDictionary<string, double> Named(IEnumerable<double> values) =>
        Order.Zip(values).ToImmutableSortedDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    /// <summary>Rounds the exact binary value to four decimals, ties to even, as Python's <c>round</c> does.</summary>
    private static double Round(double value)
    {
        // Only multiples of 1/32 can be exactly between two numbers with four decimals.
        return value * 32 == Math.Floor(value * 32)
            ? Math.Round(value * 10_000, MidpointRounding.ToEven) / 10_000
            : double.Parse(value.ToString("F4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
