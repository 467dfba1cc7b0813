using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Learning.Json;
using Atlas.Runtime.Agents;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Students;

/// <summary>What came of a call of the agent.</summary>
/// <param name="Message">Its answer as one message.</param>
/// <param name="Usage">What it cost; null if nobody said.</param>
internal sealed record AgentReply(ChatMessage Message, TokenUsage? Usage)
{
    public string Text => Message.Text;

    public ImmutableArray<FunctionCallContent> Calls => [.. Message.Contents.OfType<FunctionCallContent>()];

    /// <summary>What it thought aloud; empty if it did not.</summary>
    public string Thoughts => string.Concat(Message.Contents.OfType<TextReasoningContent>().Select(content => content.Text));

    /// <summary>The text; where there is none, the arguments of the first call of a tool, in which some models put their answer.</summary>
    public string Unwrapped => Text.Length > 0 || Calls.IsEmpty
        ? Text
        : Calls[0].Arguments is { Count: > 0 } arguments ? JsonValues.Text(arguments) : Transcript.CallsOf(Message).ToJsonString(AtlasJson.Options);

    public static AgentReply Of(IReadOnlyList<ChatResponseUpdate> updates)
    {
        var response = updates.ToChatResponse();
        var contents = response.Messages.SelectMany(message => message.Contents).Where(content => content is not UsageContent).ToList();
        return new AgentReply(new ChatMessage(ChatRole.Assistant, contents), TokenUsage.Of(response.Usage));
    }

    /// <summary>The answer as events hold it.</summary>
    public JsonObject ToJson() => MessageJson.Of(Message);
}
