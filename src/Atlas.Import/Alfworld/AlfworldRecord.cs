using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Import.Events;
using Atlas.Import.Json;

namespace Atlas.Import.Alfworld;

/// <summary>Converts a record to a run.</summary>
internal static class AlfworldRecord
{
    /// <param name="record">The record.</param>
    /// <param name="arm">The variant of the agent, such as <c>reflexion</c>.</param>
    /// <param name="trial">The trial, from 0.</param>
    /// <param name="index">The record's place in the source.</param>
    public static RecordedRun Read(JsonElement record, string arm, int trial, int index)
    {
        var name = Fields.RequiredText(record, "name", "name");
        var success = Fields.Required(record, "is_success", "is_success", JsonValueKind.True, JsonValueKind.False).GetBoolean();
        var written = Memory(record);
        // The last reflection on a failure was written after the run, with knowledge of the outcome; the agent did not have it.
        var known = success ? written : written[..^Math.Min(1, written.Count)];
        var number = trial.ToString(CultureInfo.InvariantCulture);
        var content = DeterministicId.Hash([arm, number, name, success ? "1" : "0", .. written]);
        var externalId = $"alfworld:{arm}:{number}:{name}:{content}";
        var task = $"ALFWorld household task {name}";
        return new RecordedRun
        {
            Index = index,
            ExternalId = externalId,
            Task = task,
            Metadata = JsonSerializer.SerializeToElement(
                new { Import = new { Format = "alfworld", Arm = arm, Trial = trial, Environment = name } }, AtlasJson.Options),
            Events = Told(externalId, task, known),
            FinalAnswer = null,
            Score = success ? 1 : 0,
            Judge = "environment",
        };
    }

    private static List<string> Memory(JsonElement record)
    {
        var texts = new List<string>();
        foreach (var item in Fields.Required(record, "memory", "memory", JsonValueKind.Array).EnumerateArray())
        {
            texts.Add(item.ValueKind == JsonValueKind.String
                ? item.GetString()!
                : throw new RecordException($"'memory[{texts.Count}]' must be a text; it is {Fields.Describe(item.ValueKind)}."));
        }

        return texts;
    }

    private static ImmutableArray<JsonElement> Told(string externalId, string task, List<string> reflections)
    {
        var log = new EventLog(externalId);
        var workflow = log.Add("WORKFLOW_START", "orchestration", "system", "task", new { Task = task }, null);
        foreach (var reflection in reflections)
        {
            log.Add("LLM_END", "self_reflection", "student", "llm", null, Capped.Text(reflection.Trim(), Capped.Message));
        }

        log.Add("WORKFLOW_END", "orchestration", "system", "task", null, null, workflow);
        return log.Events;
    }
}
