using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Atlas.Learning.Keys;

namespace Atlas.Cli.Playbooks;

/// <summary>The learning key on a command line.</summary>
internal static class PlaybookArgument
{
    /// <summary>The key itself; what is no learning key is refused.</summary>
    /// <param name="description">What it is for.</param>
    public static Argument<string> Key(string description = "The learning key, as `atlas playbook list` shows it.")
    {
        var key = new Argument<string>("KEY") { Description = description };
        key.Validators.Add(Check);
        return key;
    }

    /// <summary>Refuses what is no learning key.</summary>
    public static void Check(SymbolResult result)
    {
        if (result.Tokens is [var token] && LearningKeyRule.ProblemOf(token.Value) is { } problem)
        {
            result.AddError(problem);
        }
    }

    public static Argument<string> Entry() => new("ENTRY") { Description = "The entry's id, as `atlas playbook show KEY` shows it." };

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
