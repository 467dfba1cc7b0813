namespace Atlas.Silo.Persistence;

/// <summary>Takes out what <c>jsonb</c> refuses.</summary>
internal static class JsonbText
{
    private static ReadOnlySpan<byte> EscapedNul => "\\u0000"u8;

    /// <summary>The same JSON without escaped NUL characters, the one escape that jsonb cannot store.</summary>
    public static byte[] Clean(byte[] json)
    {
        if (json.AsSpan().IndexOf(EscapedNul) < 0)
        {
            return json;
        }

        var clean = new MemoryStream(json.Length);
        for (var index = 0; index < json.Length; index++)
        {
            if (json[index] != (byte)'\\')
            {
                clean.WriteByte(json[index]);
            }
            else if (json.AsSpan(index).StartsWith(EscapedNul))
            {
                index += EscapedNul.Length - 1;
            }
            else
            {
                // An escape of two: whatever follows the backslash belongs to it, another backslash too.
                clean.WriteByte(json[index++]);
                clean.WriteByte(json[index]);
            }
        }

        return clean.ToArray();
    }
}
