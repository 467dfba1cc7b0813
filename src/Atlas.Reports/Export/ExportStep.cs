using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Learning.Json;
using Atlas.Learning.Training;

namespace Atlas.Reports.Export;

/// <summary>Writes one step of a session.</summary>
internal sealed class ExportStep(Utf8JsonWriter writer, TrainingStep step, ExportPlan plan, ImmutableArray<TrainingStep> all)
{
    private static readonly string[] _promoted = ["artifacts", "deliverable", "runtime"];

    private static readonly string[] _own =
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
        WritePromoted();
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

    private void WritePromoted()
    {
        if (step.Metadata is not { } metadata)
        {
            return;
        }

        foreach (var name in _promoted)
        {
            if (JsonRead.TryGet(metadata, name, out var value))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
        }

        foreach (var member in metadata.EnumerateObject().Where(member => !_own.Contains(member.Name, StringComparer.Ordinal)))
        {
            member.WriteTo(writer);
        }
    }

    private void WriteMetadata()
    {
        writer.WriteStartObject("metadata");
        var added = new HashSet<string>(StringComparer.Ordinal) { "raw_evaluation", "depends_on" };
        if (!step.AttemptDetails.IsEmpty)
        {
            added.UnionWith(["attempt_history", "attempt_details"]);
        }

        foreach (var member in step.Metadata?.EnumerateObject().Where(member => !added.Contains(member.Name)) ?? [])
        {
            member.WriteTo(writer);
        }

        if (!step.AttemptDetails.IsEmpty)
        {
            WriteAttempts("attempt_history");
            WriteAttempts("attempt_details");
        }

        Value("raw_evaluation", step.Evaluation ?? default);
        var needs = plan.Of(step.StepId, "depends_on");
        if (needs.ValueKind == JsonValueKind.Array)
        {
            Value("depends_on", needs);
        }

        writer.WriteEndObject();
    }

    private void WriteAttempts(string name)
    {
        writer.WriteStartArray(name);
        foreach (var attempt in step.AttemptDetails)
        {
            writer.WriteStartObject();
            writer.WriteNumber("attempt", attempt.Attempt);
            Value("evaluation", attempt.Evaluation ?? default);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
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
