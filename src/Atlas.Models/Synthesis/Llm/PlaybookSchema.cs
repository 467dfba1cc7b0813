using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>The schema of an answer with operations on entries, as strict modes accept it: every member required, no others allowed.</summary>
/// <remarks>Strict modes do not allow free-form objects, so arguments are requested as a list of pairs and reassembled by
/// <see cref="Proposal"/>.</remarks>
internal static class PlaybookSchema
{
    private const string Entry =
        """
        {
          "type": "object",
          "additionalProperties": false,
          "required": ["audience", "cue", "action", "expected_effect", "scope", "sessions"],
          "properties": {
            "audience": { "type": "string", "enum": ["student", "teacher"] },
            "cue": {
              "type": "object",
              "additionalProperties": false,
              "required": ["type", "pattern", "description"],
              "properties": {
                "type": { "type": "string", "enum": ["regex", "keyword", "predicate"] },
                "pattern": { "type": "string" },
                "description": { "type": ["string", "null"] }
              }
            },
            "action": {
              "type": "object",
              "additionalProperties": false,
              "required": ["imperative", "runtime_handle", "tool_name", "arguments"],
              "properties": {
                "imperative": { "type": "string" },
                "runtime_handle": { "type": ["string", "null"] },
                "tool_name": { "type": ["string", "null"] },
                "arguments": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["name", "value"],
                    "properties": { "name": { "type": "string" }, "value": { "type": "string" } }
                  }
                }
              }
            },
            "expected_effect": { "type": "string" },
            "sessions": { "type": "array", "items": { "type": "integer" } },
            "scope": {
              "type": "object",
              "additionalProperties": false,
              "required": ["category", "constraints", "applies_when"],
              "properties": {
                "category": { "type": "string", "enum": ["reinforcement", "differentiation"] },
                "constraints": { "type": "string" },
                "applies_when": { "type": ["string", "null"] }
              }
            }
          }
        }
        """;

    private const string Retirement =
        """
        {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "reason"],
          "properties": { "id": { "type": "string" }, "reason": { "type": "string" } }
        }
        """;

    /// <summary>Gets the schema as a response format.</summary>
    public static ChatResponseFormat Format { get; } = ChatResponseFormat.ForJsonSchema(JsonSerializer.SerializeToElement(Answer()), "playbook_operations_v1");

    private static JsonObject Answer()
    {
        var properties = new JsonObject
        {
            ["version"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("playbook_operations.v1") },
            ["add_entries"] = ListOf(JsonNode.Parse(Entry)!.AsObject()),
            ["revise_entries"] = ListOf(WithId(JsonNode.Parse(Entry)!.AsObject())),
            ["retire_entries"] = ListOf(JsonNode.Parse(Retirement)!.AsObject()),
            ["session_student_learning"] = TextOrNull(),
            ["session_teacher_learning"] = TextOrNull(),
        };
        return new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. properties.Select(property => (JsonNode)JsonValue.Create(property.Key))]),
            ["properties"] = properties,
        };
    }

    private static JsonObject WithId(JsonObject entry)
    {
        entry["properties"]!["id"] = new JsonObject { ["type"] = "string" };
        entry["required"]!.AsArray().Insert(0, JsonValue.Create("id"));
        return entry;
    }

    private static JsonObject ListOf(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject TextOrNull() => new() { ["type"] = new JsonArray("string", "null") };
}
