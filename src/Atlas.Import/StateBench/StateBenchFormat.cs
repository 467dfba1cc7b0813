using System.Globalization;
using System.Text.Json;
using Atlas.Import.Conversations;
using Atlas.Import.Json;

namespace Atlas.Import.StateBench;

/// <summary>Trajectories of STATE-Bench: one file each, <c>{conversation}</c> with tool calls that contain their results. They have no
/// reward and wait for a judge or a reviewer.</summary>
/// <remarks>A file is named after the number of its task and what the task tests. The agent never saw the latter, so only the number is
/// read, together with the name of the folder, which is the domain.</remarks>
public sealed class StateBenchFormat : RecordFormat
{
    /// <inheritdoc/>
    public override string Name => "state-bench";

    /// <inheritdoc/>
    public override string Title => "trajectories of STATE-Bench";

    /// <inheritdoc/>
    public override string Summary => "Import trajectories of STATE-Bench: service dialogues with tools, without rewards.";

    /// <inheritdoc/>
    public override string Example => "customer_support/ --key state-bench/support";

    internal override bool Fits(JsonElement record) => record.TryGetProperty("conversation", out var list) && list.ValueKind == JsonValueKind.Array;

    internal override RecordedRun Read(SourceRecord record)
    {
        var list = Fields.Required(record.Element, "conversation", "conversation", JsonValueKind.Array);
        return ConversationRun.Of(
            Name, record, null, InOrder(ChatReader.ReadAll(list, "conversation")), Fields.OptionalScore(record.Element, "reward"), TaskId(record.File));
    }

    // What the assistant says in a message with calls, it says after their results, because the calls represent the work of the whole turn.
    private static List<ChatMessage> InOrder(List<ChatMessage> messages)
    {
        var ordered = new List<ChatMessage>();
        ChatMessage? said = null;
        foreach (var message in messages)
        {
            if (message.Role != "tool" && said is not null)
            {
                ordered.Add(said);
                said = null;
            }

            if (message is { IsStudent: true, Calls.Count: > 0, Content: not null })
            {
                said = message with { Calls = [] };
                ordered.Add(message with { Content = null });
            }
            else
            {
                ordered.Add(message);
            }
        }

        return said is null ? ordered : [.. ordered, said];
    }

    private static string? TaskId(string file)
    {
        var number = string.Concat(Path.GetFileName(file).TakeWhile(char.IsAsciiDigit));
        var domain = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file.Length == 0 ? "." : file)));
        return number.Length is 0 or > 9 ? null : string.Create(CultureInfo.InvariantCulture, $"{domain?[..Math.Min(48, domain.Length)]}/{number}");
    }
}
