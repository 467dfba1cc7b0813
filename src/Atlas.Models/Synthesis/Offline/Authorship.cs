using System.Text.Json;
using Atlas.Domain.Playbooks;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Distinguishes the offline synthesizer's entries and texts from those of other authors.</summary>
internal static class Authorship
{
    /// <summary>The beginning of each of its texts.</summary>
    public const string TextMark = "Statistical contrast of ";

    public static bool IsOwn(PlaybookEntry entry) =>
        entry.Metadata is not null
        && entry.Metadata.TryGetValue("synthesizer", out var author)
        && author.ValueKind == JsonValueKind.String
        && author.GetString() == SynthesizerOptions.OfflineProvider;

    /// <summary>Determines whether the entry is in use. Repeating a retired entry does not bring it back.</summary>
    public static bool Stands(PlaybookEntry entry) =>
        entry.Provenance?.Status?.Lifecycle is not ("deprecated" or "pruned" or "rejected");

    /// <summary>Returns what other authors wrote: everything before the mark, trimmed; blank if there is nothing.</summary>
    public static string OthersText(string? text)
    {
        var at = Mark(text);
        return (at < 0 ? text ?? "" : text![..at]).Trim();
    }

    /// <summary>Determines whether the offline synthesizer wrote part of the text.</summary>
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
