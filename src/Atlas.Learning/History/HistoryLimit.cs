using System.Globalization;

namespace Atlas.Learning.History;

/// <summary>The number of past sessions that a history shows.</summary>
public static class HistoryLimit
{
    /// <summary>The environment variable that overrides the configuration.</summary>
    public const string Variable = "ATLAS_LEARNING_HISTORY_LIMIT";

    /// <summary>Used where nothing valid is configured.</summary>
    public const int Default = 10;

    /// <summary>The upper limit of any history.</summary>
    public const int Largest = 200;

    /// <summary>Returns the limit in force, 1 to 200.</summary>
    /// <param name="configured">The configured limit; null or below 1 means the default.</param>
    /// <param name="variable">The value of <see cref="Variable"/>; ignored unless it is a whole number above 0.</param>
    public static int Effective(int? configured, string? variable = null)
    {
        if (int.TryParse(variable, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var given) && given > 0)
        {
            return Math.Min(given, Largest);
        }

        return configured is > 0 ? Math.Min(configured.Value, Largest) : Default;
    }
}
