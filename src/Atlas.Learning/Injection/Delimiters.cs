using System.Text;
using System.Text.RegularExpressions;

namespace Atlas.Learning.Injection;

/// <summary>Neutralises text that looks like the end of a playbook block or like the turn of another speaker.</summary>
/// <remarks>A text with a playbook delimiter in it could end the block early and pass off what follows as the prompt's own words. The
/// tokens of a chat template could do the same if a server writes them into its prompt unescaped.</remarks>
internal static partial class Delimiters
{
    private const string Blunt = "\u203a";

    // Cyrillic and Greek letters that look like those of "playbook", and the letters they look like.
    private const string Lookalikes = "\u0440\u0430\u0443\u043e\u043a\u044c\u0420\u0410\u0423\u041e\u041a\u0412\u03c1\u03b1\u03b3\u03bf\u03ba\u03b2\u03a1\u0391\u03a5\u039f\u039a\u0392";
    private const string LookedLike = "payokbPAYOKBpayokbPAYOKB";

    // An arrow as it is, full-width, heavy, or as an entity.
    private const string Arrow = @"(?:[>\uff1e\ufe65\u276f]|&(?:gt|\#0{0,6}62|\#x0{0,6}3e);?)";

    /// <summary>Returns the text with other arrows and brackets where it imitates a delimiter, otherwise the same text.</summary>
    public static string Disarm(string text)
    {
        if (!text.AsSpan().ContainsAny("<>[&\uff1c\uff1e\ufe65\u276f"))
        {
            return text;
        }

        text = ChatToken().Replace(text, token => $"\u2039{token.Value.Trim('<', '>', '\uff1c', '\uff1e', '[', ']')}\u203a");
        text = Opening().Replace(text, arrows => Arrows().Replace(arrows.Value, Blunt));
        return Line().Replace(text, line =>
        {
            var visible = Visible(line.Value);
            return visible.Contains(">>>", StringComparison.Ordinal) && visible.Contains("playbook", StringComparison.OrdinalIgnoreCase)
                ? Arrows().Replace(line.Value, Blunt)
                : line.Value;
        });
    }

    /// <summary>Returns a line as a reader sees it: without invisible characters, and with lookalike letters replaced.</summary>
    private static string Visible(string line)
    {
        var seen = new StringBuilder(Arrows().Replace(Invisible().Replace(line, ""), ">"));
        for (var at = 0; at < seen.Length; at++)
        {
            var sign = seen[at];
            seen[at] = sign is >= '\uff01' and <= '\uff5e' ? (char)(sign - 0xfee0)
                : Lookalikes.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var found ? LookedLike[found]
                : sign;
        }

        return seen.ToString();
    }

    // Matches where EchoGuard would see a delimiter begin or end, even with a line break or a quotation mark in it, and where it would if the
    // text were cut after the word.
    [GeneratedRegex(Arrow + @"{3,}(?=[\s>|*\#`\p{Cf}\p{Mn}]{0,16}(?:End|Student|Teacher|Playbook))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(Arrow, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Arrows();

    // ChatML and Llama 3: <|im_end|>; DeepSeek with wide bars; Gemma; Llama 2 and Mistral; sentence markers.
    [GeneratedRegex(
        """
        [<\uff1c]\s{0,4}[|\uff5c][^<>\uff1c\uff1e|\uff5c\r\n]{1,64}[|\uff5c]\s{0,4}[>\uff1e]
        | </?(?:start_of_turn|end_of_turn|bos|eos|s|s_\d{1,3})>
        | <<\s{0,4}/?\s{0,4}SYS\s{0,4}>>
        | \[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex ChatToken();

    [GeneratedRegex(@"[^\n\r\u0085\u2028\u2029]+", RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(@"[\p{Cf}\p{Mn}\s]", RegexOptions.CultureInvariant)]
    private static partial Regex Invisible();
}
