using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atlas.Proxy.Recording;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Sessions;

/// <summary>Identifies a conversation by its messages: a digest over all of them, in order, by which the next call is recognized.</summary>
/// <remarks>Clients reformat an answer when they send it back, so the digest covers what it says, not its bytes. Two conversations with
/// identical words cannot be distinguished; neither is then continued.</remarks>
internal static class PrefixChain
{
    /// <summary>Returns digests over the first, the first two, … of the messages, each scoped to owner and learning key.</summary>
    public static IReadOnlyList<string> Of(string owner, string learningKey, IReadOnlyList<ChatMessage> messages)
    {
        var digests = new List<string>(messages.Count);
        var last = Hash($"{owner.Length}:{owner}{learningKey.Length}:{learningKey}");
        foreach (var message in messages)
        {
            digests.Add(last = Hash(last + Say(message)));
        }

        return digests;
    }

    /// <summary>Returns the digest over a conversation and its answer.</summary>
    public static string Next(string digest, ChatMessage answer) => Hash(digest + Say(answer));

    private static string Say(ChatMessage message)
    {
        var said = new StringBuilder().Append(message.Role.Value).Append(message.AdditionalProperties?[RequestMessages.Others]).Append('\n').Append(message.Text.Trim()).Append('\n');
        foreach (var content in message.Contents)
        {
            if (content is FunctionCallContent call)
            {
                said.Append(call.CallId).Append('\n').Append(call.Name).Append('\n').Append(JsonSerializer.Serialize(call.Arguments)).Append('\n');
            }
            else if (content is FunctionResultContent result)
            {
                said.Append(result.CallId).Append('\n').Append(result.Result).Append('\n');
            }
        }

        return said.ToString();
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
