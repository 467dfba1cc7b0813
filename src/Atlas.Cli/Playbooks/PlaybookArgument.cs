using System.CommandLine;

namespace Atlas.Cli.Playbooks;

/// <summary>The learning key on a command line.</summary>
internal static class PlaybookArgument
{
    public static Argument<string> Key() => new("KEY") { Description = "The learning key, as `atlas playbook list` shows it." };

    /// <summary>What to say if nothing is known of a key.</summary>
    public static CommandFailedException Unknown(string key) => new(
        ExitCode.NotFound, $"There is no learning key '{key}'; `atlas playbook list` shows those there are.");
}
