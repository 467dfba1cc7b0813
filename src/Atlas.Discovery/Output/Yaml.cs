using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Atlas.Discovery.Output;

/// <summary>Writes texts as YAML. Every JSON string is also a YAML string; only long texts are worth a block.</summary>
internal static class Yaml
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(string text) => JsonSerializer.Serialize(text, Json);

    /// <summary>Writes a block of lines under a key, or a JSON string if a block cannot represent the text.</summary>
    public static void Block(StringBuilder yaml, string indent, string key, string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n').Split('\n');
        var fits = lines.All(line => !line.Any(letter => char.IsControl(letter) || letter is '\u0085' or '\u2028' or '\u2029' or '\ufeff'))
            && lines[0].Length > 0 && !char.IsWhiteSpace(lines[0][0]);
        if (!fits)
        {
            yaml.Append(indent).Append(key).Append(": ").Append(Text(text)).Append('\n');
            return;
        }

        yaml.Append(indent).Append(key).Append(": |-\n");
        foreach (var line in lines)
        {
            yaml.Append(line.Length == 0 ? "" : indent + "  " + line).Append('\n');
        }
    }

    /// <summary>Writes a comment; text after a line break remains part of the comment.</summary>
    public static void Comment(StringBuilder yaml, string indent, string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            yaml.Append(indent).Append("# ").Append(string.Concat(line.Where(letter => !char.IsControl(letter)))).Append('\n');
        }
    }
}
