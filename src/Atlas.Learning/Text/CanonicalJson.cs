using System.Text.Json;

namespace Atlas.Learning.Text;

/// <summary>JSON as the original implementation hashes it: sorted keys, <c>", "</c> and <c>": "</c>, ASCII only.</summary>
public static class CanonicalJson
{
    private static readonly JsonSpelling Spelling = new(", ", ": ", IsAscii: true, int.MaxValue, static number => number.GetRawText());

    /// <summary>Writes the canonical text of a value.</summary>
    public static string Write(JsonElement value) => Spelling.Write(value);

    /// <summary>Writes a JSON string literal with everything outside printable ASCII as <c>\uXXXX</c>, lower-case digits.</summary>
    public static string Quote(string text) => Spelling.Quote(text);
}
