using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Recording;

/// <summary>What a conversation has said before. Each call repeats the whole conversation, and reading it again would cost more the longer
/// it gets.</summary>
internal sealed class HeardTurns
{
    private readonly HashSet<UInt128> _heard = [];

    /// <summary>Returns whether a turn says nothing new to the records: texts of the system and of the model never do, and those of a user
    /// only once.</summary>
    public bool Repeats(ChatRole role, JsonElement content)
    {
        if (!IsText(content))
        {
            return false;
        }

        if (role != ChatRole.User)
        {
            return role == ChatRole.System || role == ChatRole.Assistant;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(JsonMarshal.GetRawUtf8Value(content), digest);
        return !_heard.Add(BinaryPrimitives.ReadUInt128LittleEndian(digest));
    }

    /// <summary>Returns whether a content is nothing but text. The uses of tools and their results can be among other blocks.</summary>
    private static bool IsText(JsonElement content)
    {
        if (content.ValueKind is not JsonValueKind.Array)
        {
            return content.ValueKind is JsonValueKind.String;
        }

        foreach (var block in content.EnumerateArray())
        {
            if (block.ValueKind is not JsonValueKind.Object || !block.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String
                || !(type.ValueEquals("text"u8) || type.ValueEquals("input_text"u8) || type.ValueEquals("output_text"u8)))
            {
                return false;
            }
        }

        return true;
    }
}
