using System.Globalization;
using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Reports.Export;

/// <summary>A stored plan: with all keys of its steps if it is well-formed, otherwise unchanged.</summary>
internal sealed class ExportPlan
{
    private readonly JsonElement? _stored;
    private readonly Dictionary<int, JsonElement> _steps = [];
    private readonly bool _isWellFormed;

    private ExportPlan(JsonElement? stored)
    {
        _stored = stored;
        if (stored is not { } plan || !JsonRead.TryGet(plan, "steps", out var steps) || steps.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        _isWellFormed = true;
        foreach (var step in steps.EnumerateArray())
        {
            if (JsonRead.TryGet(step, "id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var number)
                && JsonRead.Text(step, "description") is not null)
            {
                _steps.TryAdd(number, step);
            }
            else
            {
                _isWellFormed = false;
            }
        }
    }

    public static ExportPlan Of(JsonElement? stored) => new(stored is { ValueKind: JsonValueKind.Object } ? stored : null);

    /// <summary>Returns a member of a step; undefined if there is none.</summary>
    public JsonElement Of(int step, string name) =>
        _steps.TryGetValue(step, out var found) && JsonRead.TryGet(found, name, out var member) ? member : default;

    public void Write(Utf8JsonWriter writer)
    {
        if (_stored is not { } plan)
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
            return;
        }

        if (!_isWellFormed)
        {
            plan.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("steps");
        foreach (var step in plan.GetProperty("steps").EnumerateArray())
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", step.GetProperty("id").GetInt32());
            writer.WriteString("description", JsonRead.Text(step, "description"));
            Member(writer, step, "tool");
            Member(writer, step, "tool_params");
            if (JsonRead.TryGet(step, "depends_on", out var needs) && needs.ValueKind == JsonValueKind.Array)
            {
                writer.WritePropertyName("depends_on");
                needs.WriteTo(writer);
            }
            else
            {
                writer.WriteStartArray("depends_on");
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        foreach (var member in plan.EnumerateObject().Where(member => !member.NameEquals("steps")))
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes parameters of a tool as an object: a list becomes one, keyed by position.</summary>
    public void WriteParameters(Utf8JsonWriter writer, int step)
    {
        var parameters = Of(step, "tool_params");
        if (parameters.ValueKind == JsonValueKind.Object)
        {
            parameters.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        if (parameters.ValueKind == JsonValueKind.Array)
        {
            var place = 0;
            foreach (var item in parameters.EnumerateArray())
            {
                writer.WritePropertyName((place++).ToString(CultureInfo.InvariantCulture));
                item.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static void Member(Utf8JsonWriter writer, JsonElement step, string name)
    {
        writer.WritePropertyName(name);
        if (JsonRead.TryGet(step, name, out var member))
        {
            member.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
