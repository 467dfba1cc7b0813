using System.Globalization;

namespace Atlas.Import.Events;

/// <summary>Shortens what is long and says so.</summary>
internal static class Capped
{
    /// <summary>What a tool may have returned, in characters.</summary>
    public const int ToolOutput = 4_000;

    /// <summary>Instructions that an agent was given, in characters; they are the same in every run.</summary>
    public const int SystemPrompt = 2_000;

    /// <summary>One message of the student or the user, or the arguments of one call, in characters.</summary>
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
