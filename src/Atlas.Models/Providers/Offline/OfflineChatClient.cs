using System.Runtime.CompilerServices;
using Atlas.Learning.Options;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers.Offline;

/// <summary>Gives scripted answers without network or key, always the same for the same question. It has no opinion: as a judge it gives no
/// score, so the session gets no reward.</summary>
internal sealed class OfflineChatClient(string model) : IChatClient
{
    private const string Sentence = "This is a scripted answer: Atlas runs without a language model.";
    private const string NothingLearned =
        """{"version":"playbook_entry.v1","student_pamphlet":null,"teacher_pamphlet":null,"playbook_entries":[],"session_student_learning":null,"session_teacher_learning":null,"metadata":null}""";
    private const string OneStep = """{"steps":[{"id":1,"description":"Do the task in one step.","depends_on":[]}]}""";
    private const string Accepted = """{"valid":true,"guidance":"Nothing to add."}""";
    private const string Note = $$"""{"note":"{{Sentence}}"}""";

    private readonly ModelDescription _description = new(LlmProvider.Offline, model, TakesJsonSchema: false);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var text = options?.ResponseFormat is ChatResponseFormatJson ? Json(messages.LastOrDefault()?.Text ?? "") : Sentence;
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
        {
            ModelId = model,
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ModelDescription) ? _description
        : serviceType?.IsInstanceOfType(this) == true ? this
        : null;

    public void Dispose()
    {
    }

    private static string Json(string question) =>
        question.Contains("playbook_entry", StringComparison.Ordinal) || question.Contains("learning", StringComparison.OrdinalIgnoreCase) ? NothingLearned
        : question.Contains("plan", StringComparison.Ordinal) ? OneStep
        : question.Contains("guidance", StringComparison.Ordinal) ? Accepted
        : Note;
}
