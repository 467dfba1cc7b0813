using System.Text.Json.Nodes;
using Atlas.Runtime.Agents;

namespace Atlas.Runtime.Students;

/// <summary>Unwraps the answer from the object that the synthesizer's prompt asks for.</summary>
internal static class FinalAnswer
{
    private static readonly string[] Wrapping = ["final_answer", "supporting_evidence"];

    /// <summary>Returns the <c>final_answer</c> of such an object; anything else unchanged, because a task can ask for JSON.</summary>
    public static string Of(string text) =>
        ReplyJson.WholeObject(text) is { } wrapped
        && wrapped.All(member => Wrapping.Contains(member.Key, StringComparer.Ordinal))
        && wrapped["final_answer"] is JsonValue value
        && value.TryGetValue<string>(out var answer)
            ? answer
            : text;
}
