using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain;
using Atlas.Learning.Options;

namespace Atlas.Learning.Review;

/// <summary>Applies the environment's overrides to the safety settings.</summary>
public static class SafetyEnvironment
{
    public const string DriftEnabled = "ATLAS_DRIFT_ENABLED";
    public const string DriftWindow = "ATLAS_DRIFT_WINDOW";
    public const string DriftThreshold = "ATLAS_DRIFT_Z_THRESHOLD";
    public const string DriftMinBaseline = "ATLAS_DRIFT_MIN_BASELINE";
    public const string RequireApproval = "ATLAS_REVIEW_REQUIRE_APPROVAL";
    public const string ExportStatuses = "ATLAS_REVIEW_DEFAULT_EXPORT_STATUSES";

    /// <summary>The settings in force.</summary>
    /// <param name="options">What is configured.</param>
    /// <param name="variables">The environment; only the names above are looked at. It is only read.</param>
    public static EffectiveSafety Apply(RuntimeSafetyOptions options, IReadOnlyDictionary<string, string?> variables)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(variables);
        var warnings = ImmutableArray.CreateBuilder<string>();
        var drift = options.Drift with
        {
            Enabled = Switch(variables, DriftEnabled) ?? options.Drift.Enabled,
            Window = Whole(variables, DriftWindow, 1, 1000, warnings) ?? options.Drift.Window,
            ZThreshold = Real(variables, DriftThreshold, warnings) ?? options.Drift.ZThreshold,
            MinBaseline = Whole(variables, DriftMinBaseline, 0, 1000, warnings) ?? options.Drift.MinBaseline,
        };
        var configured = Statuses(options.Review.DefaultExportStatuses.IsDefault ? [] : options.Review.DefaultExportStatuses);
        var review = options.Review with
        {
            RequireApproval = Switch(variables, RequireApproval) ?? options.Review.RequireApproval,
            DefaultExportStatuses = configured.IsEmpty ? [ReviewStatus.Approved.ToWire()] : configured,
        };
        var includeAll = configured.IsEmpty;
        if (Given(variables, ExportStatuses) is { } list && Statuses(list.Split(',')) is { IsEmpty: false } statuses)
        {
            includeAll = statuses.Any(status => status is "*" or "all");
            review = review with { DefaultExportStatuses = includeAll ? [] : statuses };
        }

        return new EffectiveSafety(drift, review, includeAll, warnings.ToImmutable());
    }

    private static ImmutableArray<string> Statuses(IEnumerable<string> statuses) =>
        [.. statuses.Select(status => status.Trim().ToLowerInvariant()).Where(status => status.Length > 0).Distinct(StringComparer.Ordinal)];

    private static string? Given(IReadOnlyDictionary<string, string?> variables, string name) =>
        variables.TryGetValue(name, out var value) ? value?.Trim() : null;

    private static bool? Switch(IReadOnlyDictionary<string, string?> variables, string name) =>
        Given(variables, name) is { } value ? value.ToLowerInvariant() is not ("0" or "false" or "off") : null;

    private static int? Whole(
        IReadOnlyDictionary<string, string?> variables, string name, int least, int most, ImmutableArray<string>.Builder warnings)
    {
        if (Given(variables, name) is not { } value)
        {
            return null;
        }

        if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            warnings.Add($"{name} is '{value}', which is no whole number; the configured value is used. Give a number from {least} to {most}.");
            return null;
        }

        return Within(number, least, most, name, warnings);
    }

    private static double? Real(IReadOnlyDictionary<string, string?> variables, string name, ImmutableArray<string>.Builder warnings)
    {
        if (Given(variables, name) is not { } value)
        {
            return null;
        }

        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            warnings.Add($"{name} is '{value}', which is no number; the configured value is used. Give a number of at least 0.");
            return null;
        }

        return Within(number, 0, double.MaxValue, name, warnings);
    }

    private static T Within<T>(T number, T least, T most, string name, ImmutableArray<string>.Builder warnings)
        where T : IComparable<T>, IFormattable
    {
        var used = number.CompareTo(least) < 0 ? least : number.CompareTo(most) > 0 ? most : number;
        if (used.CompareTo(number) != 0)
        {
            warnings.Add($"{name} is {number.ToString(null, CultureInfo.InvariantCulture)}, which is out of bounds; {used.ToString(null, CultureInfo.InvariantCulture)} is used.");
        }

        return used;
    }
}
