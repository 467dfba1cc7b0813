using Atlas.Cli.Up;
using Atlas.Configuration;
using Atlas.Configuration.Checking;

namespace Atlas.Cli.Run.Cluster;

/// <summary>Holds the rules that silos run by against those of the configuration that an agent is run with: what learns, judges
/// and reviews works in the silo, and would go by the silo's rules without a word.</summary>
internal static class RulesInForce
{
    private const int Named = 3;

    // The other blocks are in force in the runtime, which reads the file itself.
    private static readonly string[] OfSilo =
        ["learning", "runtime_safety", "rim", "adaptive_teaching.reward", "adaptive_teaching.learning_history_limit"];

    /// <exception cref="CommandFailedException">A silo runs by other rules, or it cannot be known by which.</exception>
    public static void Demand(IEnumerable<SiloRecord> running, RunConfiguration wanted)
    {
        foreach (var silo in running)
        {
            if (Difference(silo, wanted) is { } difference)
            {
                throw new CommandFailedException(
                    ExitCode.Refused,
                    $"{silo.Name} runs here {(silo.Configuration is { } file ? $"with {file}" : "without a configuration file")}, and {difference}. "
                    + $"Stop it with `atlas down`; then this command starts one of its own, or `atlas up --config {wanted.File}` one that stays.");
            }
        }
    }

    private static string? Difference(SiloRecord silo, RunConfiguration wanted)
    {
        if (silo.Configuration is { } file && (!File.Exists(file) || File.GetLastWriteTimeUtc(file) > silo.StartedAt.UtcDateTime))
        {
            return "that file has changed since, so it cannot be known what is in force";
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
            : $"other rules than those of {wanted.File} are in force in it: "
                + string.Join(", ", different.Take(Named).Select(path =>
                    $"{path} is {inForce.GetValueOrDefault(path) ?? "absent"} there and {asked.GetValueOrDefault(path) ?? "absent"} in the file"))
                + (different.Length > Named ? $", and {different.Length - Named} more" : "");
    }

    private static Dictionary<string, string> Values(ConfigurationCheck check) => check.Values
        .Where(value => OfSilo.Any(block => value.Path == block || value.Path.StartsWith(block + ".", StringComparison.Ordinal)))
        .ToDictionary(value => value.Path, value => value.Value.GetRawText(), StringComparer.Ordinal);
}
