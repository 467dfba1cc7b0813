using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Digest;

namespace Atlas.Learning.Evidence;

/// <summary>Identifies which sessions had the same task.</summary>
public static class TaskIdentity
{
    /// <summary>The member of a session's metadata that names its task.</summary>
    public const string Member = "task_id";

    /// <summary>Returns the identity of a session's task; null if there is neither an id nor a text.</summary>
    /// <param name="metadata">The session's metadata. <c>task_id</c>, a text or a number, takes precedence: logs of real runs put text that
    /// changes from trial to trial into the task.</param>
    /// <param name="text">The task's text; differences in white space are ignored.</param>
    /// <returns>16 hex digits, short enough to keep hundreds of tasks.</returns>
    public static string? Of(JsonElement metadata, string? text)
    {
        if (Named(metadata) is { Length: > 0 } id)
        {
            return TaskKey.Of($"{Member} {id}");
        }

        var key = TaskKey.Of(text ?? "");
        return key.Length == 0 ? null : key;
    }

    private static string Named(JsonElement metadata) => JsonRead.TryGet(metadata, Member, out var member)
        ? member.ValueKind switch
        {
            JsonValueKind.String => SafeJson.Text(member).Trim(),
            JsonValueKind.Number => member.GetRawText(),
            _ => "",
        }
        : "";
}
