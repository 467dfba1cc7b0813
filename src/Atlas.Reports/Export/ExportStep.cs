using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Training;

namespace Atlas.Reports.Export;

/// <summary>Writes one step of a session.</summary>
internal sealed class ExportStep(Utf8JsonWriter writer, TrainingStep step, ExportPlan plan, ImmutableArray<TrainingStep> all)
{
    private static readonly string[] Promoted = ["artifacts", "deliverable", "runtime"];

    private static readonly string[] Own =
    [
        "step_id", "description", "trace", "output", "reward", "tool", "tool_params", "context", "validation", "attempts", "guidance", "metadata",
        "artifacts", "deliverable", "runtime",
    ];

    public void Write()
    {
        writer.WriteStartObject();
        writer.WriteNumber("step_id", step.StepId);
        writer.WriteString("description", Text(plan.Of(step.StepId, "description")) ?? "");
        writer.WriteString("trace", step.Trace ?? "");
        writer.WriteString("output", step.Output ?? "");
        ExportReward.Write(writer, Evaluation("reward"));
        writer.WriteString("tool", Text(plan.Of(step.StepId, "tool")));
        writer.WritePropertyName("tool_params");
        plan.WriteParameters(writer, step.StepId);
        WriteContext();
        WriteValidation();
        var attempts = step.Attempts ?? (step.AttemptDetails.Length > 0 ? step.AttemptDetails.Length : step.Guidance.Length);
        writer.WriteNumber("attempts", attempts);
        writer.WriteStartArray("guidance");
        foreach (var note in step.Guidance)
        {
            writer.WriteStringValue(note);
        }

        writer.WriteEndArray();
        WriteMetadata();
        writer.WriteEndObject();
    }

    private void WriteContext()
    {
        var earlier = all.Where(other => other.StepId < step.StepId).OrderBy(other => other.StepId).ToList();
        writer.WriteStartObject("context");
        writer.WriteStartObject("prior_results");
        foreach (var other in earlier)
        {
            writer.WriteStartObject(Name(other));
            writer.WriteString("output_text", other.Output ?? "");
            foreach (var name in (ReadOnlySpan<string>)["artifacts", "status", "notes"])
            {
                if (other.Metadata is { } metadata && JsonRead.TryGet(metadata, name, out var value) && value.ValueKind != JsonValueKind.Null)
                {
                    writer.WritePropertyName(name);
                    value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("prior_results_text");
        earlier.ForEach(other => writer.WriteString(Name(other), other.Output ?? ""));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteValidation()
    {
        writer.WritePropertyName("validation");
        if (Evaluation("validation") is { ValueKind: JsonValueKind.Object } validation)
        {
            validation.WriteTo(writer);
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
    }

    /// <summary>Writes members from the metadata together with the step's own members, and then the metadata as a whole.</summary>
    private void WriteMetadata()
    {
        var metadata = Metadata();
        foreach (var name in Promoted.Where(metadata.ContainsKey))
        {
            Value(name, metadata[name]);
        }

        foreach (var (name, value) in metadata.Where(member => !Own.Contains(member.Key, StringComparer.Ordinal)))
        {
            Value(name, value);
        }

        writer.WriteStartObject("metadata");
        foreach (var (name, value) in metadata)
        {
            Value(name, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Returns the stored metadata, followed by what the original exporter adds if it is not stored.</summary>
    private OrderedDictionary<string, JsonElement> Metadata()
    {
        var metadata = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in step.Metadata?.EnumerateObject().AsEnumerable() ?? [])
        {
            metadata[member.Name] = member.Value;
        }

        if (!step.AttemptDetails.IsEmpty)
        {
            var attempts = JsonSerializer.SerializeToElement(step.AttemptDetails.AsEnumerable(), AtlasJson.Options);
            metadata.TryAdd("attempt_history", attempts);
            metadata.TryAdd("attempt_details", attempts);
        }

        metadata.TryAdd("raw_evaluation", step.Evaluation ?? JsonElement.Parse("""{"raw":null}"""));
        if (plan.Of(step.StepId, "depends_on") is { ValueKind: JsonValueKind.Array } needs)
        {
            metadata.TryAdd("depends_on", needs);
        }

        return metadata;
    }

    private void Value(string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private JsonElement Evaluation(string name) =>
        step.Evaluation is { } evaluation && JsonRead.TryGet(evaluation, name, out var member) ? JsonRead.Unwrap(member) : default;

    private static string Name(TrainingStep of) => of.StepId.ToString(CultureInfo.InvariantCulture);

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
