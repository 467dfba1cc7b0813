using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Models.Providers;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;
using Atlas.Runtime.Students;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Teachers;

/// <summary>Asks the teacher's model for JSON. A missing or unreadable answer is reported as a problem and not thrown.</summary>
internal sealed class TeacherModel(RunContext run, IChatClient chat)
{
    private const string JsonWanted = "Respond with JSON only.";

    /// <summary>Asks the model.</summary>
    /// <param name="about">The purpose, such as <c>validation</c>.</param>
    /// <param name="prompt">The system prompt, without the playbook.</param>
    /// <param name="request">The question.</param>
    /// <param name="maxTokens">The largest number of tokens of the answer; null for no limit.</param>
    /// <param name="parent">The enclosing event.</param>
    /// <param name="cancellationToken">The session's own cancellation; only this is thrown.</param>
    public async Task<TeacherAnswer> AskAsync(
        string about, string prompt, JsonObject request, int? maxTokens, EventSpan parent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ChatMessage[] messages =
        [
            new(ChatRole.System, run.WithPlaybook(Actors.Teacher, prompt)),
            new(ChatRole.User, $"{request.ToJsonString(AtlasJson.Options)}\n\n{JsonWanted}"),
        ];
        var span = run.Events.Start(
            EventKind.Llm, $"teacher_{about}", Actors.Teacher, MessageJson.NewOf(messages, 0), parent, metadata: AgentCaller.Facts(parent, "llm"));
        try
        {
            using var limit = new StepTime(run, cancellationToken);
            var options = new ChatOptions { ResponseFormat = ChatResponseFormat.Json, MaxOutputTokens = maxTokens };
            var response = await chat.GetResponseAsync(messages, options, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            var usage = TokenUsage.Of(response.Usage);
            run.Usage.Add(Actors.Teacher, usage);
            var thoughts = string.Concat(response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));
            if (thoughts.Length > 0)
            {
                run.TeacherThought(about, thoughts);
            }

            span.End(
                new JsonObject { ["messages"] = new JsonArray([.. response.Messages.Select(MessageJson.Of)]) }, usage, AgentCaller.Facts(parent, "llm"));
            var isCutOff = response.FinishReason == ChatFinishReason.Length;
            if (ReplyJson.Find(response.Text) is { } answer)
            {
                if (isCutOff)
                {
                    run.Warn($"The teacher's answer ({about}) was cut off by its token limit; the part that arrived is used.");
                }

                return new TeacherAnswer(answer, thoughts, null);
            }

            return new TeacherAnswer(
                null,
                thoughts,
                isCutOff ? "its token limit cut it off" : response.Text.Trim().Length == 0 ? "the answer is empty" : "the answer is not JSON");
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            span.Fail(failure);
            return new TeacherAnswer(null, "", failure is OperationCanceledException ? "it did not answer in time" : failure.Message.TrimEnd('.'));
        }
        catch (Exception failure)
        {
            span.Fail(failure);
            throw;
        }
    }
}
