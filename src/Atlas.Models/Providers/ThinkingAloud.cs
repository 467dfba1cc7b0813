using System.Text.RegularExpressions;

namespace Atlas.Models.Providers;

/// <summary>Takes off what a model thought aloud before its answer, as models do that their server does not part from it.</summary>
public static partial class ThinkingAloud
{
    /// <summary>The text without <c>&lt;think&gt;…&lt;/think&gt;</c> and the like; also where the beginning stood in the prompt and only the end came.</summary>
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
