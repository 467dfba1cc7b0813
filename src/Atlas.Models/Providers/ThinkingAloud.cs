using System.Text.RegularExpressions;

namespace Atlas.Models.Providers;

/// <summary>Removes the reasoning that a model writes before its answer if its server does not separate the two.</summary>
public static partial class ThinkingAloud
{
    /// <summary>Returns the text without <c>&lt;think&gt;…&lt;/think&gt;</c> and the like, even if the opening tag was in the prompt and
    /// only the closing tag is there.</summary>
    public static string Without(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Thoughts().Replace(text, "");
    }

    [GeneratedRegex(
        @"<(think(?:ing)?|thoughts?|reasoning)>.*?</\1>|\A(?:(?!<(?:think|thought|reasoning)).)*?</(?:think(?:ing)?|thoughts?|reasoning)>",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Thoughts();
}
