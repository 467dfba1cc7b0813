namespace Atlas.Learning.Text;

/// <summary>Text operations with the rules of Python, on which stored hashes and keys depend.</summary>
/// <remarks>Lengths are in Unicode code points, so an emoji counts as one; a lone surrogate counts as one as well.</remarks>
public static class PythonText
{
    /// <summary>Whether Python's <c>str.strip()</c> removes the character.</summary>
    /// <remarks>.NET's white space plus the four information separators U+001C to U+001F.</remarks>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f';

    /// <summary>Returns the text without white space at both ends.</summary>
    public static string Strip(string text)
    {
        var start = 0;
        while (start < text.Length && IsSpace(text[start]))
        {
            start++;
        }

        return StripEnd(text[start..]);
    }

    /// <summary>Returns the text without white space at its end.</summary>
    public static string StripEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }

    /// <summary>Whether the stripped text is empty; true for null.</summary>
    public static bool IsBlank(string? text)
    {
        foreach (var c in text ?? "")
        {
            if (!IsSpace(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the number of code points.</summary>
    public static int Length(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++, count++)
        {
            if (StartsPair(text, i))
            {
                i++;
            }
        }

        return count;
    }

    /// <summary>Returns the first code points of a text; all of it if it has no more.</summary>
    /// <param name="text">The text.</param>
    /// <param name="count">How many code points, at least 0.</param>
    public static string Take(string text, int count)
    {
        if (text.Length <= count)
        {
            return text;
        }

        var end = 0;
        for (; count > 0 && end < text.Length; count--)
        {
            end += StartsPair(text, end) ? 2 : 1;
        }

        return text[..end];
    }

    private static bool StartsPair(string text, int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);
}
