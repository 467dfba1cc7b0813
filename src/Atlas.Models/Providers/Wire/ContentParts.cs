using System.Text;
using System.Text.Json;

namespace Atlas.Models.Providers.Wire;

/// <summary>Reads the text and the reasoning of a message, given as a string or as a list of parts.</summary>
internal static class ContentParts
{
    private static readonly string[] ReasoningNames = ["reasoning_content", "reasoning", "reasoning_text", "thinking"];

    public static (string Content, string Reasoning) Read(JsonElement said)
    {
        var content = new StringBuilder(said.Text("content"));
        var reasoning = new StringBuilder(ReasoningNames.Select(name => said.Text(name)).FirstOrDefault(text => text.Length > 0));
        foreach (var part in said.Member("content").Objects())
        {
            if (part.Member("thinking") is { ValueKind: not JsonValueKind.Undefined } thinking)
            {
                reasoning.Append(thinking.Read());
                reasoning.AppendJoin("", thinking.Objects().Select(inner => inner.Text("text")));
            }
            else
            {
                content.Append(part.Text("text"));
            }
        }

        return (content.ToString(), reasoning.ToString());
    }
}
