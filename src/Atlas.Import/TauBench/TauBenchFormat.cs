using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Import.CarBench;
using Atlas.Import.Conversations;
using Atlas.Import.Json;

namespace Atlas.Import.TauBench;

/// <summary>Recorded runs in the form of tau-bench: <c>{task_id, trial, reward, info.task.instruction, traj}</c>, where <c>traj</c> is a
/// list of chat messages.</summary>
/// <remarks>No other field of a record is read. In particular, the reference actions, the expected outputs and the details of the reward
/// never reach a <see cref="RecordedRun"/>.</remarks>
public sealed class TauBenchFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "tau-bench";

    /// <inheritdoc/>
    public override string Title => "recorded τ-bench runs";

    /// <inheritdoc/>
    public override string Summary => "Import recorded τ-bench runs: conversations of a customer-service agent with tools.";

    /// <inheritdoc/>
    public override string Example => "runs.json --key tau/airline --approve --concurrency 16";

    internal override ImmutableArray<string> ListPath => ["results|runs|records"];

    internal override bool Fits(JsonElement record) =>
        record.TryGetProperty("traj", out _) && record.TryGetProperty("reward", out _) && !CarBenchFormat.IsCarTask(record);

    internal override RecordedRun Read(SourceRecord record)
    {
        var score = Fields.Score(record.Element, "reward");
        var info = Fields.Required(record.Element, "info", "info", JsonValueKind.Object);
        var task = Fields.RequiredText(
            Fields.Required(info, "task", "info.task", JsonValueKind.Object), "instruction", "info.task.instruction");
        var messages = ChatReader.ReadAll(Fields.Required(record.Element, "traj", "traj", JsonValueKind.Array), "traj");

        // The identity is derived from what was read, not from the bytes of the file: layout and unread fields do not make another record.
        return ConversationRun.Of(
            Name, record, task, messages, score, Fields.Label(record.Element, "task_id"), Fields.Label(record.Element, "trial"));
    }
}
