using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>The form of an answer, <c>playbook_entry.v1</c>, such as strict modes take it: every member required, none other allowed.</summary>
/// <remarks>Objects of free form are not allowed there; arguments are asked for as a list of pairs and put back together by
/// <see cref="Proposal"/>.</remarks>
internal static class PlaybookSchema
{
    private const string Json =
        """
        {
          "type": "object",
          "additionalProperties": false,
          "required": ["version", "student_pamphlet", "teacher_pamphlet", "playbook_entries", "session_student_learning", "session_teacher_learning", "metadata"],
          "properties": {
            "version": { "type": "string", "enum": ["playbook_entry.v1"] },
            "student_pamphlet": { "type": ["string", "null"] },
            "teacher_pamphlet": { "type": ["string", "null"] },
            "playbook_entries": {
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["id", "audience", "cue", "action", "expected_effect", "scope"],
                "properties": {
                  "id": { "type": ["string", "null"] },
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
            },
            "session_student_learning": { "type": ["string", "null"] },
            "session_teacher_learning": { "type": ["string", "null"] },
            "metadata": {
              "type": "object",
              "additionalProperties": false,
              "required": ["dropped_entries"],
              "properties": {
                "dropped_entries": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["id", "reason"],
                    "properties": { "id": { "type": "string" }, "reason": { "type": "string" } }
                  }
                }
              }
            }
          }
        }
        """;

    /// <summary>The schema as a response format.</summary>
    public static ChatResponseFormat Format { get; } = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Json), "playbook_entry_v1");
}
