using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>The JSON schema of a judgement, as strict modes accept it: every member required, no others allowed, and the score after the
/// reasons for it.</summary>
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

    /// <summary>Returns the options of a judge's call.</summary>
    /// <param name="temperature">The temperature.</param>
    public static ChatOptions Options(float temperature) => new()
    {
        Temperature = temperature,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Json), "judgement"),
        AdditionalProperties = new() { ["strict"] = true },
    };
}
