using System.Globalization;

namespace Atlas.Import.Events;

/// <summary>Truncates long texts and says so.</summary>
internal static class Capped
{
    /// <summary>The maximum length of a tool's result, in characters.</summary>
    public const int ToolOutput = 4_000;

    /// <summary>The maximum length of an agent's instructions, in characters; they are the same in every run.</summary>
    public const int SystemPrompt = 2_000;

    /// <summary>The maximum length of a message of the student or the user, or of the arguments of a call, in characters.</summary>
    public const int Message = 16_000;

    public static string Text(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        // Not between the halves of a surrogate pair.
        var cut = char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, cut)} [… {text.Length - cut} characters left out]");
    }
}
