using Atlas.Proxy.Recording;
using Atlas.Proxy.Routing;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Requests;

/// <summary>The task of a session: the text of Atlas's header, or else the first words of the user.</summary>
/// <remarks>Coding agents add reminders and their environment to the user's messages, between known tags. They are the same in every
/// session and not part of the task.</remarks>
internal static class TaskText
{
    public const string Header = "x-atlas-task";
    private const int Longest = 20_000;
    private const int MostRemoved = 100;
    private static readonly string[] Surroundings = ["system-reminder", "environment_context", "environment_details", "user_instructions"];

    private const string Unknown = "(The first call contained no text.)";

    public static string Of(HttpRequest request, ReadOnlyMemory<byte> body, CallKind kind)
    {
        var named = request.Headers[Header].ToString();
        var text = string.IsNullOrWhiteSpace(named) ? OfUser(body, kind) : Decoded(named);
        return string.IsNullOrWhiteSpace(text) ? Unknown : text.Length <= Longest ? text : text[..Longest];
    }

    /// <summary>Decodes a header. Headers contain ASCII only; anything else is percent-encoded.</summary>
    private static string Decoded(string named) => named.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(named) : named;

    private static string OfUser(ReadOnlyMemory<byte> body, CallKind kind)
    {
        string[] said = [.. RequestMessages.Read(body, kind).Where(message => message.Role == ChatRole.User).Select(message => message.Text)];
        return said.Select(Own).FirstOrDefault(text => text.Length > 0) ?? said.FirstOrDefault() ?? "";
    }

    /// <summary>Returns a user's text without what its client has added.</summary>
    private static string Own(string text)
    {
        foreach (var tag in Surroundings)
        {
            for (var removed = 0; removed < MostRemoved && text.IndexOf($"<{tag}>", StringComparison.Ordinal) is >= 0 and var start; removed++)
            {
                var end = text.IndexOf($"</{tag}>", start, StringComparison.Ordinal);
                if (end < 0)
                {
                    break;
                }

                text = text.Remove(start, end + tag.Length + 3 - start);
            }
        }

        return text.Trim();
    }
}
