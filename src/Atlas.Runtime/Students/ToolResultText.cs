using System.Globalization;
using Atlas.Runtime.Agents;

namespace Atlas.Runtime.Students;

/// <summary>Limits a tool's result to what can be sent to a model.</summary>
internal static class ToolResultText
{
    private const string Key = "student.max_tool_result_characters";

    /// <summary>Returns the result unchanged; if it is too long, its beginning and its end as text, with a note of how much is missing
    /// between them.</summary>
    /// <param name="result">The result of the tool.</param>
    /// <param name="limit">The largest number of characters; null for no limit.</param>
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

    /// <summary>Returns the index, or the next one if it would split a surrogate pair.</summary>
    private static int Whole(string text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]) ? index + 1 : index;
}
