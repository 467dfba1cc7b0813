using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Learning.Evidence;

/// <summary>Writes the sums of tasks as one text because a state has hundreds and is written with every session. The most recent task comes
/// first, each as <c>task count sum back[ after]</c>, separated by commas; <c>back</c> is the distance to the last session of the previous
/// task.</summary>
internal sealed class TaskExpectationJson : JsonConverter<TaskExpectation>
{
    public override TaskExpectation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        var forgotten = Whole(Member(value, "forgotten"), long.MinValue);
        var last = Whole(Member(value, "last"), 0);
        var tasks = ImmutableDictionary.CreateBuilder<string, TaskExpectation.TaskSum>(StringComparer.Ordinal);
        foreach (var task in Member(value, "tasks").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (task.Split(' ') is not [var name, var count, var sum, var back, .. var after])
            {
                throw new JsonException("A stored sum of a task does not have the form \"task count sum back\".");
            }

            last -= Whole(back, 0);
            tasks[Uri.UnescapeDataString(name)] = new(Whole(count, 0), TrialEvidenceJson.Number(sum), last, after is [var floor] ? Whole(floor, 0) : long.MinValue);
        }

        return new(Whole(Member(value, "sessions"), 0), TrialEvidenceJson.Number(Member(value, "sum")), forgotten, tasks.ToImmutable());
    }

    public override void Write(Utf8JsonWriter writer, TaskExpectation value, JsonSerializerOptions options)
    {
        var tasks = value.Tasks.OrderByDescending(pair => pair.Value.Last).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var newest = tasks.Count == 0 ? 0 : tasks[0].Value.Last;
        writer.WriteStartObject();
        writer.WriteString("sessions", Text(value.Sessions));
        writer.WriteString("sum", TrialEvidenceJson.Text(value.Sum));
        writer.WriteString("forgotten", value.Forgotten == long.MinValue ? "" : Text(value.Forgotten));
        writer.WriteString("last", Text(newest));
        writer.WriteString("tasks", Tasks(tasks, newest));
        writer.WriteEndObject();
    }

    private static string Tasks(List<KeyValuePair<string, TaskExpectation.TaskSum>> tasks, long last)
    {
        var text = new StringBuilder(tasks.Count * 32);
        foreach (var (name, sum) in tasks)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(Uri.EscapeDataString(name)).Append(' ')
                .Append(CultureInfo.InvariantCulture, $"{sum.Count} {TrialEvidenceJson.Text(sum.Sum)} {last - sum.Last}");
            last = sum.Last;
            if (sum.After != long.MinValue)
            {
                text.Append(CultureInfo.InvariantCulture, $" {sum.After}");
            }
        }

        return text.ToString();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Member(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String
            ? text.GetString()!
            : throw new JsonException($"The stored expectation of tasks has no text \"{name}\".");

    private static long Whole(string text, long blank) => text.Length == 0 ? blank
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new JsonException("A part of the stored expectation of tasks should be a whole number and is not.");
}
