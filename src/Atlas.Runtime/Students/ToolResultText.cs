using System.Globalization;
using Atlas.Runtime.Agents;

namespace Atlas.Runtime.Students;

/// <summary>Keeps what a tool brings within what a model can be sent.</summary>
internal static class ToolResultText
{
    private const string Key = "student.max_tool_result_characters";

    /// <summary>The result as it is; if it is too long, its beginning and its end as text, and between them how much is missing.</summary>
    /// <param name="result">What the tool brought.</param>
    /// <param name="limit">Most characters; null for no limit.</param>
    public static object? Limited(object? result, int? limit)
    {
        if (limit is not { } most || result is null)
        {
            return result;
        }

        var text = JsonValues.Text(result);
        if (text.Length <= most)
        {
            return result;
        }

        var head = Whole(text, most * 3 / 4);
        var tail = Whole(text, text.Length - (most - head));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{text.AsSpan(0, head)}\n\n[{tail - head:N0} of the {text.Length:N0} characters of this result are left out here: {Key} is {most:N0}. Ask the tool for less.]\n\n{text.AsSpan(tail)}");
    }

    /// <summary>The index, or the one after it where it would part a surrogate pair.</summary>
    private static int Whole(string text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]) ? index + 1 : index;
}
