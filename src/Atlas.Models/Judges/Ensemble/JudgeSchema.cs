using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>The form of a judgement, such as strict modes take it: every member required, none other allowed, the score after what it follows from.</summary>
internal static class JudgeSchema
{
    private const string Json =
        """
        {
          "type": "object",
          "additionalProperties": false,
          "required": ["principles", "score", "rationale", "uncertainty"],
          "properties": {
            "principles": {
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["name", "weight", "description"],
                "properties": { "name": { "type": "string" }, "weight": { "type": "number" }, "description": { "type": "string" } }
              }
            },
            "score": { "type": "number" },
            "rationale": { "type": "string" },
            "uncertainty": { "type": "number" }
          }
        }
        """;

    /// <summary>What a judge is asked with.</summary>
    /// <param name="temperature">How freely it may choose.</param>
    public static ChatOptions Options(float temperature) => new()
    {
        Temperature = temperature,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Json), "judgement"),
        AdditionalProperties = new() { ["strict"] = true },
    };
}
