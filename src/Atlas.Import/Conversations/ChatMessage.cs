using System.Text.Json.Serialization;

namespace Atlas.Import.Conversations;

/// <summary>A message of a conversation, with only the fields that are read.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>, whatever the record calls it.</param>
/// <param name="Content">The text; null if there is none.</param>
/// <param name="Calls">The tools that the message calls.</param>
/// <param name="CallId">For a tool's message, the call that it answers.</param>
/// <param name="Tool">For a tool's message, the tool.</param>
/// <remarks>The identity of a record is a hash of its messages as JSON. Members that are added here must not be written when they are not
/// set, or previously imported records would be imported again.</remarks>
internal sealed record ChatMessage(string Role, string? Content, IReadOnlyList<ChatCall> Calls, string? CallId, string? Tool)
{
    public bool IsStudent => Role == "assistant";

    /// <summary>Gets a value indicating whether the call, or the answered call, is the user's own rather than the agent's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsOfUser { get; init; }

    public static ChatMessage Of(string role, string? content) => new(role, content, [], null, null);

    public static ChatMessage Answer(string? content, string? callId, string? tool) => new("tool", content, [], callId, tool);
}
