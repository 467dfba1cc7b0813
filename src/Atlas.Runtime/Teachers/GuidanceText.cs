namespace Atlas.Runtime.Teachers;

/// <summary>Keeps a coach's words short.</summary>
internal static class GuidanceText
{
    private const int MostSentences = 2;

    /// <summary>The first two sentences. A text that ended with a full stop loses it, one that did not gains one: so the original
    /// writes it, and stored guidance of both is alike.</summary>
    public static string FirstTwoSentences(string text)
    {
        var trimmed = text.Trim();
        var sentences = trimmed.Split('.', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var kept = string.Join(". ", sentences.Take(MostSentences));
        return kept.Length > 0 && !trimmed.EndsWith('.') ? kept + "." : kept;
    }
}
