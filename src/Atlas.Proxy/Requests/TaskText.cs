using System.Text.Json;
using Atlas.Proxy.Recording;

namespace Atlas.Proxy.Requests;

/// <summary>The task of a session: what our header says, else the first words of the user.</summary>
internal static class TaskText
{
    public const string Header = "x-atlas-task";
    private const int Longest = 20_000;
    private const string Unknown = "(The first call said nothing in words.)";

    public static string Of(HttpRequest request, ReadOnlyMemory<byte> body, ScannedRequest scanned)
    {
        var named = request.Headers[Header].ToString();
        var text = string.IsNullOrWhiteSpace(named) ? OfUser(body, scanned.FirstUser) : Decoded(named);
        return string.IsNullOrWhiteSpace(text) ? Unknown : text.Length <= Longest ? text : text[..Longest];
    }

    /// <summary>A header holds ASCII; whoever has more to say writes it with percent signs.</summary>
    private static string Decoded(string named) => named.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(named) : named;

    private static string OfUser(ReadOnlyMemory<byte> body, Place user)
    {
        if (!user.IsThere)
        {
            return "";
        }

        using var read = JsonDocument.Parse(body[user.Start..user.End], new JsonDocumentOptions { MaxDepth = 512 });
        var turn = read.RootElement;
        return turn.ValueKind is JsonValueKind.String ? turn.GetString()!
            : turn.TryGetProperty("content", out var content) ? RequestMessages.TextOf(content)
            : "";
    }
}
