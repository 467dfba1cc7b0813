using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Import.Events;
using Atlas.Import.Json;

namespace Atlas.Import.Conversations;

/// <summary>Converts a conversation to a run.</summary>
internal static class ConversationRun
{
    /// <param name="format">The name of the format, which begins the identity.</param>
    /// <param name="record">The record.</param>
    /// <param name="task">The task; null for the first thing that the user says.</param>
    /// <param name="messages">The conversation.</param>
    /// <param name="score">The reward; null for none.</param>
    /// <param name="taskId">The source's name for the task, if it has one.</param>
    /// <param name="trial">The number of the attempt at the task, if it is given.</param>
    public static RecordedRun Of(
        string format, SourceRecord record, string? task, List<ChatMessage> messages, double? score, string? taskId = null, string? trial = null)
    {
        task ??= FirstWords(messages);
        var externalId = Identity(format, task, messages, score, taskId, trial);
        return new RecordedRun
        {
            Index = record.Index,
            ExternalId = externalId,
            Task = task,
            Metadata = JsonSerializer.SerializeToElement(new { Import = new { Format = format, TaskId = taskId, Trial = trial } }, AtlasJson.Options),
            Events = ConversationEvents.Write(externalId, task, messages),
            FinalAnswer = messages.LastOrDefault(message => message.IsStudent && !string.IsNullOrWhiteSpace(message.Content))?.Content,
            Score = score,
            Judge = score is null ? null : "environment",
        };
    }

    /// <summary>Returns the identity of such a run.</summary>
    /// <inheritdoc cref="Of"/>
    public static string Identity(string format, string task, List<ChatMessage> messages, double? score, string? taskId = null, string? trial = null)
    {
        var content = DeterministicId.Hash(
            taskId ?? "", trial ?? "", JsonSerializer.Serialize(score), task, JsonSerializer.Serialize(messages, AtlasJson.Options));
        return $"{format}:{taskId ?? "-"}:{trial ?? "-"}:{content}";
    }

    private static string FirstWords(List<ChatMessage> messages) =>
        messages.Find(message => message.Role == "user" && !string.IsNullOrWhiteSpace(message.Content))?.Content is { } words
            ? Capped.Text(words, Capped.Message)
            : throw new RecordException("There is no user message, so the task is unknown.");
}
