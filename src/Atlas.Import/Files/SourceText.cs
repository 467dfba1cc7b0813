using System.Buffers;

namespace Atlas.Import.Files;

/// <summary>Detects from the first bytes of a file that it is not UTF-8 text, and what it is instead.</summary>
internal static class SourceText
{
    /// <summary>The number of bytes that are examined.</summary>
    public const int HeadLength = 4096;

    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r\n\uFEFF"u8);

    /// <summary>Returns the rest of a sentence about the file, such as <c>is empty</c>; null if it may be text.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="isWhole">Whether these are all bytes.</param>
    public static string? Refusal(ReadOnlySpan<byte> head, bool isWhole)
    {
        if (isWhole && !head.ContainsAnyExcept(Blank))
        {
            return head.IsEmpty ? "is empty" : "contains only white space";
        }

        return Utf(head) is { } encoding
            ? $"is text in {encoding}; recorded runs must be UTF-8. Convert it, for example with `iconv -f {encoding} -t UTF-8 FILE`"
            : Packed(head) is { } program
                ? $"is compressed ({program.Name}); unpack it first, for example with `{program.Command}`"
                : Kind(head);
    }

    // UTF-32 first, because its little-endian byte order mark begins with that of UTF-16.
    private static string? Utf(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) || head.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]) ? "UTF-32"
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? "UTF-16"
        : head.Length < 4 ? null
        : head[0] != 0 && head[1] == 0 && head[2] == 0 && head[3] == 0 ? "UTF-32LE"
        : head[0] == 0 && head[1] == 0 && head[2] == 0 && head[3] != 0 ? "UTF-32BE"
        : head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0 ? "UTF-16LE"
        : head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0 ? "UTF-16BE"
        : null;

    private static (string Name, string Command)? Packed(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? ("gzip", "gunzip -k FILE")
        : head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8) ? ("zip", "unzip FILE")
        : head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? ("zstd", "zstd -d FILE")
        : head.StartsWith("BZh"u8) ? ("bzip2", "bunzip2 -k FILE")
        : head.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) ? ("xz", "unxz -k FILE")
        : head.StartsWith("7z\u00BC\u00AF"u8) || head.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF]) ? ("7z", "7z x FILE")
        : null;

    private static string? Kind(ReadOnlySpan<byte> head) =>
        head.StartsWith("PAR1"u8) ? "is a Parquet file; export it as JSON Lines first"
        : head.StartsWith("SQLite format 3"u8) ? "is an SQLite database; export its rows as JSON Lines first"
        : head.Contains((byte)0) ? "is a binary file; recorded runs are JSON text in UTF-8"
        : null;
}
