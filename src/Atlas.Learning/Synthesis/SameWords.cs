using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>Identifies texts with the same words, ignoring case, punctuation, spaces and marks.</summary>
internal static class SameWords
{
    /// <summary>Returns a form that is equal for texts with the same words.</summary>
    public static string Of(string text) => string.Join(' ', FoldedWords.Of(text).Select(word => word.Text));
}
