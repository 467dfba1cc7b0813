using Atlas.Cli.Up;
using Atlas.Configuration;
using Atlas.Configuration.Checking;

namespace Atlas.Cli.Run.Cluster;

/// <summary>Compares the rules of running silos with the configuration of an agent: learning, judging and reviewing happen in the silo, and
/// would silently follow the silo's rules.</summary>
internal static class RulesInForce
{
    private const int Named = 3;

    // The other blocks take effect in the runtime, which reads the file itself.
    private static readonly string[] OfSilo =
        ["learning", "runtime_safety", "rim", "adaptive_teaching.reward", "adaptive_teaching.learning_history_limit"];

    /// <exception cref="CommandFailedException">A silo runs with other rules, or its rules cannot be determined.</exception>
    public static void Demand(IEnumerable<SiloRecord> running, RunConfiguration wanted)
    {
        foreach (var silo in running)
        {
            if (Difference(silo, wanted) is { } difference)
            {
                throw new CommandFailedException(
                    ExitCode.Refused,
                    $"{silo.Name} is running here {(silo.Configuration is { } file ? $"with {file}" : "without a configuration file")}, and {difference}. "
                    + $"Stop it with `atlas down`. Then repeat this command, which starts a silo for the run, or start one that keeps running with `atlas up --config {wanted.File}`.");
            }
        }
    }

    private static string? Difference(SiloRecord silo, RunConfiguration wanted)
    {
        if (silo.Configuration is { } file && (!File.Exists(file) || File.GetLastWriteTimeUtc(file) > silo.StartedAt.UtcDateTime))
        {
            return "that file has changed since, so the rules in force are unknown";
        }

        if (silo.Configuration == wanted.FullPath)
        {
            return null;
        }

        var inForce = Values(ConfigurationLoader.Check(new ConfigurationRequest
        {
            Files = silo.Configuration is { } used ? [used] : [],
            Profile = ConfigurationProfile.Cluster,
        }));
        var asked = Values(wanted.Check);
        var different = asked.Keys.Union(inForce.Keys, StringComparer.Ordinal)
            .Where(path => asked.GetValueOrDefault(path) != inForce.GetValueOrDefault(path))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return different.Length == 0
            ? null
            : $"its rules differ from those of {wanted.File}: "
                + string.Join(", ", different.Take(Named).Select(path =>
                    $"{path} is {inForce.GetValueOrDefault(path) ?? "absent"} there and {asked.GetValueOrDefault(path) ?? "absent"} in the file"))
                + (different.Length > Named ? $", and {different.Length - Named} more" : "");
    }

    private static Dictionary<string, string> Values(ConfigurationCheck check) => check.Values
        .Where(value => OfSilo.Any(block => value.Path == block || value.Path.StartsWith(block + ".", StringComparison.Ordinal)))
        .ToDictionary(value => value.Path, value => value.Value.GetRawText(), StringComparer.Ordinal);
}
