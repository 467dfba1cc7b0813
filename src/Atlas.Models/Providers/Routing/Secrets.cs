using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Atlas.Learning.Options;

namespace Atlas.Models.Providers.Routing;

/// <summary>The key of a client, and what must not appear in a message because of it.</summary>
internal sealed partial record Secrets
{
    private const string Hidden = "***";
    private const int ShortestHidden = 4;

    private Secrets(string key, ImmutableArray<string> values) => (Key, Values) = (key, values);

    /// <summary>The key itself.</summary>
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
                $"The environment variable {parameters.ApiKeyEnv} is not set; it must hold the key of {ModelRoute.NameOf(provider)} for the model '{parameters.Model}'.");
        }

        return new(key, [key, .. parameters.AdditionalHeaders.Values.Where(value => value.Length >= ShortestHidden)]);
    }

    /// <summary>The text without keys: neither ours nor anything that looks like one.</summary>
    public string Hide(string text) => KeyLike().Replace(HideOwn(text), Hidden);

    /// <summary>The text without our keys; others that are spoken of stay.</summary>
    public string HideOwn(string text)
    {
        foreach (var value in Values)
        {
            text = text.Replace(value, Hidden, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>Nothing of it is ever printed.</summary>
    public override string ToString() => Hidden;

    [GeneratedRegex(@"\b(?:sk-|xai-|AIza|AKIA)[^\s""',;]+|(?<=Bearer\s)\S+", RegexOptions.CultureInvariant)]
    private static partial Regex KeyLike();
}
