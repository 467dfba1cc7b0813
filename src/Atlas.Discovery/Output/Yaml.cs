using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Atlas.Discovery.Output;

/// <summary>Texts as YAML. A JSON string is a YAML string, whatever it holds; only long texts are worth a block.</summary>
internal static class Yaml
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(string text) => JsonSerializer.Serialize(text, Json);

    /// <summary>A block of lines under a key, or a JSON string where a block could not hold the text.</summary>
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

    /// <summary>A comment; what follows a line break within stays a comment.</summary>
    public static void Comment(StringBuilder yaml, string indent, string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            yaml.Append(indent).Append("# ").Append(string.Concat(line.Where(letter => !char.IsControl(letter)))).Append('\n');
        }
    }
}
