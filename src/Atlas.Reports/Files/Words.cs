using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using System.Globalization;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Files;

/// <summary>Formats figures for people: three decimals, <c>n/a</c> for unknown ones.</summary>
public static class Words
{
    public static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "n/a";

    public static string Signed(double? value) => value?.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture) ?? "n/a";

    public static string Tokens(double? value) => value?.ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture) ?? "n/a";

    public static string Percent(double? value) =>
        value is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0}%") : "n/a";

    public static string Whole(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Range(Interval? interval) => interval is null
        ? "n/a"
        : string.Create(CultureInfo.InvariantCulture, $"{Signed(interval.Low)} to {Signed(interval.High)}");

    public static string TokenRange(Interval? interval) => interval is null
        ? "n/a"
        : string.Create(CultureInfo.InvariantCulture, $"{Tokens(interval.Low)} to {Tokens(interval.High)}");

    public static string Confidence(double confidence) => string.Create(CultureInfo.InvariantCulture, $"{confidence * 100:0.#}%");

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Returns the text on one line, cut to a length with an ellipsis.</summary>
    public static string Line(string? text, int length)
    {
        var line = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }

    /// <summary>Returns a caution about the verdicts; null for none.</summary>
    public static string? Caution(Documents.EvidenceFigures evidence) => evidence.RecordedSessions == 0
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{evidence.RecordedSessions} of the sessions are runs recorded elsewhere. Their outcomes were fixed beforehand, so this playbook did not cause any difference among them.");

    /// <summary>Returns the title of a comparison.</summary>
    public static string Title(RewardComparison comparison) => comparison.Kind switch
    {
        "recent_vs_baseline" => "Recent sessions against the baseline",
        "with_vs_without_playbook" => "With a playbook against without",
        "newest_version_vs_before" => "Newest playbook version against before",
        "before_after" => "After against before",
        _ => $"{comparison.Treatment.Label} against {comparison.Control.Label}",
    };

    /// <summary>Describes the cost of an arm's sessions, to follow its reward: <c>; a session took 1,234 tokens, 0.0120 USD, 4.2 s</c>;
    /// blank if nothing is known.</summary>
    public static string Costs(ArmFigures arm)
    {
        string?[] known =
        [
            arm.MeanTokens is { } tokens ? string.Create(CultureInfo.InvariantCulture, $"{tokens:#,0} tokens") : null,
            arm.MeanCostUsd is { } cost ? string.Create(CultureInfo.InvariantCulture, $"{cost:0.0000} USD") : null,
            arm.MeanSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : null,
        ];
        var said = string.Join(", ", known.OfType<string>());
        return said.Length == 0 ? "" : $"; a session took {said}";
    }

    /// <summary>Describes the state of an entry in a word or two.</summary>
    public static string Standing(EntryFinding entry) => EffectWords.Standing(entry.State) + (entry.IsClaimed ? " (claimed)" : "");

    /// <summary>Explains what claims mean; null if there are none.</summary>
    public static string? Claims(KeyFindings findings) => findings.Entries.Any(entry => entry.IsClaimed)
        ? "Claimed: on average, at most one in twenty of the entries marked this way does not help, counting every entry that was ever tried under this key."
        : null;

    /// <summary>Describes what all keys together know about an entry's words; blank if no other key has tried them.</summary>
    public static string Pooled(EntryFinding entry) => entry.Pooled is not { } pooled ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{EffectWords.Points(pooled.Effect.Effect)} ({EffectWords.Points(pooled.Effect.Bounds.Low)} to {EffectWords.Points(pooled.Effect.Bounds.High)}), {pooled.Keys} keys, {pooled.Effect.Shown + pooled.Effect.Held} sessions");

    /// <summary>Formats the bounds of an entry's effect in points; a dash while no session was drawn for it.</summary>
    public static string Bounds(EntryFinding entry) =>
        entry.Sessions == 0 ? "\u2013" : $"{EffectWords.Points(entry.Effect.Bounds.Low)} to {EffectWords.Points(entry.Effect.Bounds.High)}";
}
