using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using System.Globalization;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Files;

/// <summary>Figures as people read them: three decimals, <c>n/a</c> for what is unknown.</summary>
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

    /// <summary>The text on one line, cut to a length with an ellipsis.</summary>
    public static string Line(string? text, int length)
    {
        var line = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }

    /// <summary>What to bear in mind of the verdicts; null for nothing.</summary>
    public static string? Caution(Documents.EvidenceFigures evidence) => evidence.RecordedSessions == 0
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{evidence.RecordedSessions} of the sessions are runs recorded elsewhere: their outcomes were fixed before, so a difference among them is not the work of this playbook.");

    /// <summary>What a comparison is called.</summary>
    public static string Title(RewardComparison comparison) => comparison.Kind switch
    {
        "recent_vs_baseline" => "Recent sessions against the baseline",
        "with_vs_without_playbook" => "With a playbook against without",
        "newest_version_vs_before" => "Newest playbook version against before",
        "before_after" => "After against before",
        _ => $"{comparison.Treatment.Label} against {comparison.Control.Label}",
    };

    /// <summary>What the sessions of an arm took, behind its reward: <c>; a session took 1,234 tokens, 0.0120 USD, 4.2 s</c>; blank where nothing is known.</summary>
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

    /// <summary>Where an entry stands, in a word or two.</summary>
    public static string Standing(EntryFinding entry) => EffectWords.Standing(entry.State) + (entry.IsClaimed ? " (claimed)" : "");

    /// <summary>What a claim is worth; null where there is none.</summary>
    public static string? Claims(KeyFindings findings) => findings.Entries.Any(entry => entry.IsClaimed)
        ? "Claimed: of the entries so marked at most one in twenty does not help, on average, counting every entry that was ever tried under this key."
        : null;

    /// <summary>What all keys together know of an entry's words; blank where no other key has tried them.</summary>
    public static string Pooled(EntryFinding entry) => entry.Pooled is not { } pooled ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{EffectWords.Points(pooled.Effect.Effect)} ({EffectWords.Points(pooled.Effect.Bounds.Low)} to {EffectWords.Points(pooled.Effect.Bounds.High)}), {pooled.Keys} keys, {pooled.Effect.Shown + pooled.Effect.Held} sessions");

    /// <summary>The bounds of an entry's effect in points; a dash while no session was drawn for it.</summary>
    public static string Bounds(EntryFinding entry) =>
        entry.Sessions == 0 ? "\u2013" : $"{EffectWords.Points(entry.Effect.Bounds.Low)} to {EffectWords.Points(entry.Effect.Bounds.High)}";
}
