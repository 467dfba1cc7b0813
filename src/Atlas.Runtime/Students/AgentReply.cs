using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Models.Providers;
using Atlas.Runtime.Agents;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Students;

/// <summary>What came of a call of the agent.</summary>
/// <param name="Message">Its answer as one message.</param>
/// <param name="Usage">What it cost; null if nobody said.</param>
internal sealed record AgentReply(ChatMessage Message, TokenUsage? Usage)
{
    /// <summary>Whether a limit of tokens cut it off.</summary>
    public bool IsCutOff { get; private init; }

    public string Text => Message.Text;

    public ImmutableArray<FunctionCallContent> Calls => [.. Message.Contents.OfType<FunctionCallContent>()];

    /// <summary>What it thought aloud; empty if it did not.</summary>
    public string Thoughts => string.Concat(Message.Contents.OfType<TextReasoningContent>().Select(content => content.Text));

    /// <summary>The text; where there is none, the arguments of the first call of a tool, in which some models put their answer.</summary>
    public string Unwrapped => Text.Length > 0 || Calls.IsEmpty
        ? Text
        : Calls[0].Arguments is { Count: > 0 } arguments ? JsonValues.Text(arguments) : Transcript.CallsOf(Message).ToJsonString(AtlasJson.Options);

    /// <summary>Puts an answer together from its pieces.</summary>
    /// <exception cref="AgentException">It is none: a filter or the model itself refused, or a limit left no room for a word.</exception>
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
            ? throw new AgentException("The agent used up its limit of tokens before it wrote anything.")
            : reply;
    }

    /// <summary>The answer as events hold it.</summary>
    public JsonObject ToJson() => MessageJson.Of(Message);
}
