using System.Text.Json;
using Atlas.Import.Conversations;
using Atlas.Import.Json;

namespace Atlas.Import.SweAgent;

/// <summary>Trajectories of SWE-agent: one <c>.traj</c> file each, with <c>trajectory</c> (thought, action and observation of each step)
/// and <c>history</c>. They have no reward and wait for a judge or a reviewer.</summary>
public sealed class SweAgentFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "swe-agent";

    /// <inheritdoc/>
    public override string Title => "trajectories of SWE-agent";

    /// <inheritdoc/>
    public override string Summary => "Import trajectories of SWE-agent (.traj): issues worked on in a shell, without rewards.";

    /// <inheritdoc/>
    public override string Example => "trajectories/ --key swe/fixes";

    internal override IReadOnlyList<string> Endings => [".traj", ".traj.json"];

    internal override bool Fits(JsonElement record) =>
        record.TryGetProperty("trajectory", out var steps) && steps.ValueKind == JsonValueKind.Array
        && (record.TryGetProperty("history", out _) || record.TryGetProperty("environment", out _));

    internal override RecordedRun Read(SourceRecord record)
    {
        var steps = Fields.Required(record.Element, "trajectory", "trajectory", JsonValueKind.Array);
        var messages = new List<ChatMessage>(Instructions(Fields.Optional(record.Element, "history")));
        var index = 0;
        foreach (var step in steps.EnumerateArray())
        {
            AddStep(step, index++, messages);
        }

        if (index == 0)
        {
            throw new RecordException("'trajectory' has no steps.");
        }

        if (Fields.OptionalText(Fields.Optional(record.Element, "info"), "submission") is { Length: > 0 } patch)
        {
            messages.Add(ChatMessage.Of("assistant", patch));
        }

        return ConversationRun.Of(Name, record, null, messages, Fields.OptionalScore(record.Element, "reward"), Instance(record));
    }

    // Demonstrations are other runs that the agent was shown.
    private static IEnumerable<ChatMessage> Instructions(JsonElement history)
    {
        if (history.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        var index = 0;
        foreach (var item in history.EnumerateArray())
        {
            var at = $"history[{index++}]";
            var role = Fields.OptionalText(item, "role");
            if (role is "assistant" or "tool")
            {
                yield break;
            }

            var isShown = Fields.Optional(item, "is_demo").ValueKind == JsonValueKind.True || Fields.OptionalText(item, "message_type") == "demonstration";
            if (!isShown && role is "system" or "user")
            {
                yield return ChatMessage.Of(role!, ContentReader.Read(Fields.Optional(item, "content"), $"{at}.content").Text);
            }
        }
    }

    private static void AddStep(JsonElement step, int index, List<ChatMessage> messages)
    {
        var at = $"trajectory[{index}]";
        if (step.ValueKind != JsonValueKind.Object)
        {
            throw new RecordException($"'{at}' must be an object; it is {Fields.Describe(step.ValueKind)}.");
        }

        var action = Fields.OptionalText(step, "action");
        var said = Fields.OptionalText(step, "thought") ?? Fields.OptionalText(step, "response");
        var id = $"step_{index}";
        messages.Add(new ChatMessage(
            "assistant", said, string.IsNullOrWhiteSpace(action) ? [] : [new ChatCall(id, Tool(action), JsonSerializer.Serialize(new { command = action.Trim() }))], null, null));
        if (!string.IsNullOrWhiteSpace(action))
        {
            messages.Add(ChatMessage.Answer(Fields.OptionalText(step, "observation"), id, Tool(action)));
        }
    }

    // The first word of the command if it looks like a name; anything else is a script for the shell.
    private static string Tool(string action)
    {
        var word = action.TrimStart().Split((char[])[' ', '\n', '\t', ';'], 2)[0];
        return word.Length is > 0 and <= 40 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.') ? word : "bash";
    }

    private static string? Instance(SourceRecord record) =>
        Path.GetFileNameWithoutExtension(record.File) is { Length: > 0 and <= 64 } name && !name.Any(char.IsControl) ? name : null;
}
