using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Atlas.Learning.Options;

namespace Atlas.Models.Providers.Routing;

/// <summary>The key of a client, and the values that must not appear in a message because of it.</summary>
internal sealed partial record Secrets
{
    private const string Hidden = "***";

    // A shorter value, or one with letters only, could as well be a word: the key "desk" must not turn "order desk" into "order ***".
    private const int ShortestInMessage = 8;
    private const int ShortestInAnswer = 16;

    private Secrets(string key, ImmutableArray<string> values) => (Key, Values) = (key, values);

    /// <summary>Gets the key.</summary>
    public string Key { get; }

    private ImmutableArray<string> Values { get; }

    /// <summary>Reads the key from its variable.</summary>
    /// <exception cref="ModelException">The variable is not set.</exception>
    public static Secrets Of(LlmParameters parameters, LlmProvider provider, Func<string, string?> readVariable)
    {
        var key = readVariable(parameters.ApiKeyEnv)?.Trim();
        if (string.IsNullOrEmpty(key))
        {
            throw new ModelException(
                ModelFailure.Configuration,
                $"The environment variable {parameters.ApiKeyEnv} is not set. Set it to the API key of {ModelRoute.NameOf(provider)} for the model '{parameters.Model}'.");
        }

        // A header can have a word before its secret: "Bearer …".
        return new(key, [.. parameters.AdditionalHeaders.Values
            .Prepend(key)
            .SelectMany(value => value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(value => value.Length >= ShortestInMessage && value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetter))
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(value => value.Length)]);
    }

    /// <summary>Removes keys from a message about the provider's answer: ours, and anything that looks like one.</summary>
    public string Hide(string message) => KeyLike().Replace(Without(message, ShortestInMessage), Hidden);

    /// <summary>Removes our keys from a model's answer. Only keys that no text contains by accident are removed; other keys in the answer
    /// stay.</summary>
    public string HideOwn(string answer) => Without(answer, ShortestInAnswer);

    private string Without(string text, int shortest)
    {
        foreach (var value in Values.Where(value => value.Length >= shortest))
        {
            text = text.Replace(value, Hidden, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>Never prints any part of a key.</summary>
    public override string ToString() => Hidden;

    [GeneratedRegex(@"\b(?:sk-|xai-|AIza|AKIA)[^\s""',;]+|(?<=Bearer\s)\S+", RegexOptions.CultureInvariant)]
    private static partial Regex KeyLike();
}
