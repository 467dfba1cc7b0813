using System.Text.Json;
using Atlas.Domain.Playbooks;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Tells the offline synthesizer's entries and texts from those of other authors.</summary>
internal static class Authorship
{
    /// <summary>How each of its texts begins.</summary>
    public const string TextMark = "Statistical contrast of ";

    public static bool IsOwn(PlaybookEntry entry) =>
        entry.Metadata is not null
        && entry.Metadata.TryGetValue("synthesizer", out var author)
        && author.ValueKind == JsonValueKind.String
        && author.GetString() == SynthesizerOptions.OfflineProvider;

    /// <summary>Whether the entry is in use; what was given up is not taken up again by repeating it.</summary>
    public static bool Stands(PlaybookEntry entry) =>
        entry.Provenance?.Status?.Lifecycle is not ("deprecated" or "pruned" or "rejected");

    /// <summary>What other authors wrote: everything before the mark. Trimmed; blank if there is nothing.</summary>
    public static string OthersText(string? text)
    {
        var at = Mark(text);
        return (at < 0 ? text ?? "" : text![..at]).Trim();
    }

    /// <summary>Whether the offline synthesizer wrote a part of the text.</summary>
    public static bool HasOwnText(string? text) => Mark(text) >= 0;

    private static int Mark(string? text)
    {
        if (text is null)
        {
            return -1;
        }

        if (text.StartsWith(TextMark, StringComparison.Ordinal))
        {
            return 0;
        }

        var at = text.IndexOf("\n" + TextMark, StringComparison.Ordinal);
        return at < 0 ? -1 : at + 1;
    }
}
