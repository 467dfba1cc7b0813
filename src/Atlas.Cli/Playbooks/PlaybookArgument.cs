using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Atlas.Learning.Keys;

namespace Atlas.Cli.Playbooks;

/// <summary>The learning key on a command line.</summary>
internal static class PlaybookArgument
{
    /// <summary>Creates the argument for a learning key; invalid keys are refused.</summary>
    /// <param name="description">The description.</param>
    public static Argument<string> Key(string description = "The learning key, as `atlas playbook list` shows it.")
    {
        var key = new Argument<string>("KEY") { Description = description };
        key.Validators.Add(Check);
        return key;
    }

    /// <summary>Refuses what is not a learning key.</summary>
    public static void Check(SymbolResult result)
    {
        if (result.Tokens is [var token] && LearningKeyRule.ProblemOf(token.Value) is { } problem)
        {
            result.AddError(problem);
        }
    }

    public static Argument<string> Entry(string name = "ENTRY", string description = "The entry's id, as `atlas playbook show KEY` shows it.") =>
        new(name) { Description = description };

    /// <summary>Creates the argument for the number of a version.</summary>
    /// <param name="name">Its placeholder in the help.</param>
    /// <param name="description">The description.</param>
    /// <param name="isOptional">Whether it can be left out.</param>
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

            result.AddError($"'{result.Tokens[0].Value}' is not a version. Versions are whole numbers; 0 is the empty playbook before the first version.");
            return null;
        },
    };

    /// <summary>Returns the error for an unknown key.</summary>
    public static CommandFailedException Unknown(string key) => new(
        ExitCode.NotFound, $"There is no learning key '{key}'. List the learning keys with `atlas playbook list`.");
}
