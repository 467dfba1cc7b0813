using System.Collections.Immutable;
using System.Globalization;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Nodes;

namespace Atlas.Configuration.Variables;

/// <summary>
/// The short variables, most of them the original's. They go before files and before <c>Atlas__Section__Key</c>. What cannot
/// be read is left alone with a warning, so that a stray variable never stops a run.
/// </summary>
internal sealed class EnvironmentOverrides
{
    private readonly ProblemLog _log;
    private readonly IReadOnlyDictionary<string, string> _variables;
    private ConfigurationNode _tree = new MappingNode([], ValueSource.Default);

    private EnvironmentOverrides(IReadOnlyDictionary<string, string> variables, ProblemLog log)
    {
        _variables = variables;
        _log = log;
    }

    /// <summary>The variables, the keys they set and how they are read: for the reference.</summary>
    public static ImmutableArray<EnvironmentOverride> All { get; } =
    [
        new("ATLAS_DRIFT_ENABLED", "runtime_safety.drift.enabled", "`0`, `false` or `off` turns it off, anything else turns it on", (self, over, text) => self.Switch(over, text)),
        new("ATLAS_DRIFT_WINDOW", "runtime_safety.drift.window", "a whole number; clamped to 1 to 1000", (self, over, text) => self.Number(over, text, whole: true, 1, 1000)),
        new("ATLAS_DRIFT_Z_THRESHOLD", "runtime_safety.drift.z_threshold", "a number; a negative one is read as 0", (self, over, text) => self.Number(over, text, whole: false, 0, double.MaxValue)),
        new("ATLAS_DRIFT_MIN_BASELINE", "runtime_safety.drift.min_baseline", "a whole number; clamped to 0 to 1000", (self, over, text) => self.Number(over, text, whole: true, 0, 1000)),
        new("ATLAS_REVIEW_REQUIRE_APPROVAL", "runtime_safety.review.require_approval", "as `ATLAS_DRIFT_ENABLED`", (self, over, text) => self.Switch(over, text)),
        new("ATLAS_REVIEW_DEFAULT_EXPORT_STATUSES", "runtime_safety.review.default_export_statuses", "statuses separated by commas; `*` or `all` is every status; an empty list is ignored", (self, over, text) => self.Statuses(over, text)),
        new("ATLAS_LEARNING_HISTORY_LIMIT", "adaptive_teaching.learning_history_limit", "a whole number above 0; one above 200 is read as 200", (self, over, text) => self.Number(over, text, whole: true, 1, 200, lowestValid: 1)),
        new("ATLAS_DATABASE_URL", "storage.database_url", "a text; not in the original SDK", (self, over, text) => self.Text(over, text)),
    ];

    public static MappingNode Read(IReadOnlyDictionary<string, string> variables, ProblemLog log)
    {
        var overrides = new EnvironmentOverrides(variables, log);
        foreach (var over in All)
        {
            if (overrides._variables.TryGetValue(over.Variable, out var text))
            {
                over.Apply(overrides, over, text);
            }
        }

        return (MappingNode)overrides._tree;
    }

    private void Switch(EnvironmentOverride over, string text) =>
        Set(over, ScalarKind.Boolean, text.Trim().ToLowerInvariant() is "0" or "false" or "off" ? "false" : "true");

    private void Number(EnvironmentOverride over, string text, bool whole, double minimum, double maximum, double lowestValid = double.MinValue)
    {
        var styles = whole ? NumberStyles.Integer : NumberStyles.Float;
        if (!double.TryParse(text.Trim(), styles, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number) || number < lowestValid)
        {
            Ignore(over, text, whole ? "a whole number" : "a number");
            return;
        }

        var used = Math.Clamp(number, minimum, maximum);
        if (used != number)
        {
            _log.Warning(ValueSource.Variable(over.Variable), over.Path, FormattableString.Invariant($"is {number}, which is out of bounds; {used} is used."));
        }

        Set(over, ScalarKind.Number, used.ToString("R", CultureInfo.InvariantCulture));
    }

    private void Statuses(EnvironmentOverride over, string text)
    {
        var source = ValueSource.Variable(over.Variable);
        var statuses = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (statuses.Length > 0)
        {
            Set(over, new SequenceNode([.. statuses.Select(status => new ScalarNode(ScalarKind.Text, status, source))], source));
        }
    }

    private void Text(EnvironmentOverride over, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            Set(over, ScalarKind.Text, text.Trim());
        }
    }

    private void Ignore(EnvironmentOverride over, string text, string expected) => _log.Warning(
        ValueSource.Variable(over.Variable),
        over.Path,
        $"keeps its value, because {Binding.ScalarConversion.Quote(text)} is not {expected}{(over.Variable.EndsWith("_LIMIT", StringComparison.Ordinal) ? " above 0" : "")}.");

    private void Set(EnvironmentOverride over, ScalarKind kind, string text) =>
        Set(over, new ScalarNode(kind, text, ValueSource.Variable(over.Variable)));

    private void Set(EnvironmentOverride over, ConfigurationNode node)
    {
        foreach (var name in over.Path.Split('.').Reverse())
        {
            node = new MappingNode([new Entry(name, node, node.Source)], node.Source);
        }

        _tree = new Overlay(_log).Merge(_tree, node);
    }

    /// <summary>One variable, the key it sets, how it is read in words, and reading it.</summary>
    internal sealed record EnvironmentOverride(
        string Variable,
        string Path,
        string Reading,
        Action<EnvironmentOverrides, EnvironmentOverride, string> Apply);
}
