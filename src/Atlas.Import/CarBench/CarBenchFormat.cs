using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Import.Conversations;
using Atlas.Import.Json;

namespace Atlas.Import.CarBench;

/// <summary>Recorded runs of CAR-bench, an in-car assistant: the form of tau-bench with tasks named <c>base_0</c>, <c>hallucination_4</c>
/// or <c>disambiguation_2</c>, some of which have no instruction in words.</summary>
public sealed class CarBenchFormat : RecordFormat
{
    private static readonly string[] Kinds = ["base_", "hallucination_", "disambiguation_"];

    /// <inheritdoc/>
    public override string Name => "car-bench";

    /// <inheritdoc/>
    public override string Title => "recorded CAR-bench runs";

    /// <inheritdoc/>
    public override string Summary => "Import recorded CAR-bench runs: conversations of an assistant in a car with tools.";

    /// <inheritdoc/>
    public override string Example => "results.json --key car/assistant";

    internal override ImmutableArray<string> ListPath => ["results|runs|records"];

    internal override bool Fits(JsonElement record) => record.TryGetProperty("traj", out _) && IsCarTask(record);

    internal override RecordedRun Read(SourceRecord record)
    {
        var score = Fields.OptionalScore(record.Element, "reward");
        var messages = ChatReader.ReadAll(Fields.Required(record.Element, "traj", "traj", JsonValueKind.Array), "traj");
        var instruction = Fields.OptionalText(Fields.Optional(Fields.Optional(record.Element, "info"), "task"), "instruction");
        return ConversationRun.Of(
            Name, record, string.IsNullOrWhiteSpace(instruction) ? null : instruction, messages, score,
            Fields.Label(record.Element, "task_id"), Fields.Label(record.Element, "trial"));
    }

    internal static bool IsCarTask(JsonElement record) =>
        Fields.OptionalText(record, "task_id") is { } id && Kinds.Any(kind => id.StartsWith(kind, StringComparison.Ordinal));
}
