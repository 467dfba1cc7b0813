using System.CommandLine;
using System.Globalization;

namespace Atlas.Cli.Invocation;

/// <summary>Options that mean the same in several commands.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Write one JSON document to standard output." };

    /// <summary>Creates an option for a text that must not be blank.</summary>
    /// <param name="name">The option, with its dashes.</param>
    /// <param name="helpName">The placeholder for the text in the help.</param>
    /// <param name="description">The description.</param>
    /// <param name="wanted">What to give instead of a blank, for the error message.</param>
    public static Option<string?> Text(string name, string helpName, string description, string wanted)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && string.IsNullOrWhiteSpace(result.Tokens[0].Value))
            {
                result.AddError($"{name} is empty. Give {wanted}.");
            }
        });
        return option;
    }

    /// <summary>Creates an option for a whole number within bounds; anything else is refused with a message that names them.</summary>
    /// <param name="name">The option, with its dashes.</param>
    /// <param name="description">The description.</param>
    /// <param name="least">The smallest number allowed.</param>
    /// <param name="most">The largest number allowed.</param>
    /// <param name="otherwise">The number to use if the option is not given; null for none.</param>
    public static Option<int?> Number(string name, string description, int least, int most, int? otherwise)
    {
        var option = new Option<int?>(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && number >= least
                    && number <= most)
                {
                    return number;
                }

                result.AddError(most == int.MaxValue
                    ? $"{name} is '{text}'; it must be a whole number, {least} or more."
                    : $"{name} is '{text}'; it must be a whole number from {least} to {most}.");
                return null;
            },
        };
        if (otherwise is not null)
        {
            option.DefaultValueFactory = _ => otherwise;
        }

        return option;
    }
}
