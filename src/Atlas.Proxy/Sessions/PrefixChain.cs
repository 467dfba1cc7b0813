using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atlas.Proxy.Recording;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Sessions;

/// <summary>Makes of the messages of a conversation what the next call of it can be known by: a digest over all of them, in order.</summary>
/// <remarks>Clients write an answer anew when they send it back, so it is what an answer says that counts, not its bytes. Two conversations
/// that are the same word for word cannot be told apart; then neither is gone on with.</remarks>
internal static class PrefixChain
{
    /// <summary>Digests over the first, the first two, … of the messages, each scoped to who talks about what.</summary>
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

    /// <summary>The digest over a conversation and its answer.</summary>
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
