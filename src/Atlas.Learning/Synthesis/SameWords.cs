using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>Tells words that say the same in other clothes: letters' case, punctuation, spaces and marks do not count.</summary>
internal static class SameWords
{
    /// <summary>What two texts have in common if they are the same words.</summary>
    public static string Of(string text) => string.Join(' ', FoldedWords.Of(text).Select(word => word.Text));
}
