using System.CommandLine;
using System.CommandLine.Parsing;
using Atlas.Cli.Output;
using Atlas.Configuration.Schema;

namespace Atlas.Cli.Invocation;

/// <summary>Arguments that accept one of several words; any other is refused with a message that lists them.</summary>
internal static class Choices
{
    public static Option<T> OneOf<T>(this Option<T> option, params string[] words)
    {
        option.HelpName ??= string.Join('|', words);
        option.CompletionSources.Add(words);
        option.Validators.Add(result => Check(option.Name, result.Tokens, words, result.AddError));
        return option;
    }

    public static Argument<T> OneOf<T>(this Argument<T> argument, params string[] words)
    {
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result => Check(argument.Name, result.Tokens, words, result.AddError));
        return argument;
    }

    private static void Check(string name, IReadOnlyList<Token> tokens, string[] words, Action<string> refuse)
    {
        foreach (var token in tokens.Where(token => !words.Contains(token.Value, StringComparer.Ordinal)))
        {
            refuse($"{name} is '{token.Value}'; it must be {Wording.Either(words)}"
                + (Suggestion.For(token.Value, words) is { } near ? $"; did you mean '{near}'?" : "."));
        }
    }
}
