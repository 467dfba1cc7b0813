using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Atlas.Import.Conversations;
using Atlas.Import.Json;

namespace Atlas.Import.Tau2;

/// <summary>Results of tau2-bench: an object with <c>tasks</c> and <c>simulations</c>, or simulations alone.</summary>
/// <remarks>Only what the user was told is read of a task, and only its messages and its reward of a simulation: never the evaluation
/// criteria, nor what the task tests.</remarks>
public sealed class Tau2Format : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "tau2";

    /// <inheritdoc/>
    public override string Title => "results of τ²-bench";

    /// <inheritdoc/>
    public override string Summary => "Import results of τ²-bench: simulated conversations in which both the agent and the user can have tools.";

    /// <inheritdoc/>
    public override string Example => "results.json --key tau2/telecom --approve";

    internal override ImmutableArray<string> ListPath => ["simulations"];

    internal override bool Fits(JsonElement record) =>
        record.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array
        && record.TryGetProperty("task_id", out _)
        && (record.TryGetProperty("reward_info", out _) || record.TryGetProperty("termination_reason", out _));

    internal override RecordedRun Read(SourceRecord record)
    {
        var simulation = record.Element;
        var reward = Fields.Optional(simulation, "reward_info");
        if (reward.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined))
        {
            throw new RecordException($"'reward_info' must be an object or null; it is {Fields.Describe(reward.ValueKind)}.");
        }

        var messages = ChatReader.ReadAll(Fields.Required(simulation, "messages", "messages", JsonValueKind.Array), "messages");
        var taskId = Fields.Label(simulation, "task_id");
        return ConversationRun.Of(
            Name, record, Task(record.Head, taskId), messages, Fields.OptionalScore(reward, "reward", "reward_info.reward"),
            taskId, Fields.Label(simulation, "trial"));
    }

    private static string? Task(JsonElement head, string? taskId)
    {
        if (taskId is null || Fields.Optional(head, "tasks") is not { ValueKind: JsonValueKind.Array } tasks)
        {
            return null;
        }

        var task = tasks.EnumerateArray().FirstOrDefault(task => IsNamed(task, taskId));
        var instructions = Fields.Optional(Fields.Optional(task, "user_scenario"), "instructions");
        var text = instructions.ValueKind switch
        {
            JsonValueKind.String => instructions.GetString()!,
            JsonValueKind.Object => Told(instructions),
            _ => Fields.OptionalText(task, "ticket") ?? "",
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static bool IsNamed(JsonElement task, string taskId)
    {
        var id = Fields.Optional(task, "id");
        return id.ValueKind switch
        {
            JsonValueKind.String => id.ValueEquals(taskId),
            JsonValueKind.Number => id.GetRawText() == taskId,
            _ => false,
        };
    }

    private static string Told(JsonElement instructions)
    {
        var text = new StringBuilder();
        foreach (var part in (string[])["reason_for_call", "known_info", "unknown_info", "task_instructions"])
        {
            if (Fields.OptionalText(instructions, part) is { } told && !string.IsNullOrWhiteSpace(told))
            {
                text.Append(text.Length > 0 ? "\n" : "").Append(told.Trim());
            }
        }

        return text.ToString();
    }
}
