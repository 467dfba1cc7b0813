using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Models.Providers;
using Atlas.Runtime.Agents;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Students;

/// <summary>The result of a call of the agent.</summary>
/// <param name="Message">The answer as one message.</param>
/// <param name="Usage">The usage; null if unknown.</param>
internal sealed record AgentReply(ChatMessage Message, TokenUsage? Usage)
{
    /// <summary>Gets a value indicating whether a token limit cut it off.</summary>
    public bool IsCutOff { get; private init; }

    public string Text => Message.Text;

    public ImmutableArray<FunctionCallContent> Calls => [.. Message.Contents.OfType<FunctionCallContent>()];

    /// <summary>Gets the reasoning; empty if there is none.</summary>
    public string Thoughts => string.Concat(Message.Contents.OfType<TextReasoningContent>().Select(content => content.Text));

    /// <summary>Gets the text; if there is none, the arguments of the first tool call, in which some models put their answer.</summary>
    public string Unwrapped => Text.Length > 0 || Calls.IsEmpty
        ? Text
        : Calls[0].Arguments is { Count: > 0 } arguments ? JsonValues.Text(arguments) : Transcript.CallsOf(Message).ToJsonString(AtlasJson.Options);

    /// <summary>Assembles an answer from its chunks.</summary>
    /// <exception cref="AgentException">There is no answer: a filter or the model itself refused, or a limit left no room for text.</exception>
    public static AgentReply Of(IReadOnlyList<ChatResponseUpdate> updates)
    {
        var response = updates.ToChatResponse();
        if (response.FinishReason == ChatFinishReason.ContentFilter || response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().Any())
        {
            var words = string.Join(' ', response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().Select(error => error.Message).Append(response.Text));
            throw new AgentException($"The agent refused to answer, or a filter stopped it{(string.IsNullOrWhiteSpace(words) ? "." : $": {words.Trim()}")}");
        }

        var isCutOff = response.FinishReason == ChatFinishReason.Length;
        var contents = response.Messages.SelectMany(message => message.Contents).Where(content => content is not UsageContent).ToList();
        var reply = new AgentReply(new ChatMessage(ChatRole.Assistant, contents), TokenUsage.Of(response.Usage)) { IsCutOff = isCutOff };
        return isCutOff && string.IsNullOrWhiteSpace(reply.Text) && reply.Calls.IsEmpty
            ? throw new AgentException("The agent used up its token limit before it wrote anything.")
            : reply;
    }

    /// <summary>Returns the answer in the form used in events.</summary>
    public JsonObject ToJson() => MessageJson.Of(Message);
}
