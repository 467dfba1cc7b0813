using System.CommandLine;
using System.Globalization;

namespace Atlas.Cli.Playbooks;

/// <summary>The learning key on a command line.</summary>
internal static class PlaybookArgument
{
    public static Argument<string> Key() => new("KEY") { Description = "The learning key, as `atlas playbook list` shows it." };

    /// <summary>The number of a version.</summary>
    /// <param name="name">What stands for it in the help.</param>
    /// <param name="description">What it is.</param>
    /// <param name="isOptional">Whether it may be left out.</param>
    public static Argument<int?> Version(string name, string description, bool isOptional = false) => new(name)
    {
        Description = description,
        Arity = isOptional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        CustomParser = result =>
        {
            if (result.Tokens.Count == 0)
            {
                return null;
            }

            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            {
                return version;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no version; versions are whole numbers, 0 being the empty playbook before the first.");
            return null;
        },
    };

    /// <summary>What to say if nothing is known of a key.</summary>
    public static CommandFailedException Unknown(string key) => new(
        ExitCode.NotFound, $"There is no learning key '{key}'; `atlas playbook list` shows those there are.");
}
