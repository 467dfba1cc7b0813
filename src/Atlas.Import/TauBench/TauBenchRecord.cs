using System.Text.Json;
using Atlas.Import.Events;
using Atlas.Import.Json;
using Atlas.Learning.Json;

namespace Atlas.Import.TauBench;

/// <summary>Turns one record into a run.</summary>
internal static class TauBenchRecord
{
    public static RecordedRun Read(JsonElement record, int index)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            throw new RecordException($"A record must be an object; this is {Fields.Describe(record.ValueKind)}.");
        }

        var score = Fields.Score(record, "reward");
        var info = Fields.Required(record, "info", "info", JsonValueKind.Object);
        var task = Fields.RequiredText(
            Fields.Required(info, "task", "info.task", JsonValueKind.Object), "instruction", "info.task.instruction");
        var messages = TauBenchMessage.ReadAll(Fields.Required(record, "traj", "traj", JsonValueKind.Array));
        var taskId = Label(record, "task_id");
        var trial = Label(record, "trial");
        var externalId = Identity(taskId, trial, score, task, messages);
        return new RecordedRun
        {
            Index = index,
            ExternalId = externalId,
            Task = task,
            MetadataJson = JsonSerializer.Serialize(
                new { Import = new { Format = "tau-bench", TaskId = taskId, Trial = trial } }, AtlasJson.Options),
            EventsJson = TauBenchEvents.Write(externalId, task, messages),
            FinalAnswer = messages.LastOrDefault(message => message.IsStudent && !string.IsNullOrWhiteSpace(message.Content))?.Content,
            Score = score,
            Judge = "environment",
        };
    }

    // From what was read, not from the bytes of the file: layout and fields that are never read do not make another record.
    private static string Identity(string? taskId, string? trial, double score, string task, List<TauBenchMessage> messages)
    {
        var content = DeterministicId.Hash(
            taskId ?? "", trial ?? "", JsonSerializer.Serialize(score), task, JsonSerializer.Serialize(messages, AtlasJson.Options));
        return $"tau-bench:{taskId ?? "-"}:{trial ?? "-"}:{content}";
    }

    private static string? Label(JsonElement record, string key)
    {
        var value = Fields.Optional(record, key);
        return value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.Number when value.TryGetInt64(out var number) => JsonSerializer.Serialize(number),
            JsonValueKind.String when value.GetString()! is { Length: <= 64 } text && !text.Any(char.IsControl) => text,
            _ => throw new RecordException($"'{key}' must be a whole number or a text of at most 64 characters."),
        };
    }
}
