using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Reports.Export;

/// <summary>Writes the reward of a step: the same members whoever wrote it, together with the original.</summary>
internal static class ExportReward
{
    public static void Write(Utf8JsonWriter writer, JsonElement reward)
    {
        writer.WriteStartObject("reward");
        writer.WriteNumber("score", JsonRead.Number(reward, "score") ?? 0.0);
        writer.WriteStartArray("judges");
        foreach (var judge in Items(reward, "judges"))
        {
            WriteJudge(writer, judge);
        }

        writer.WriteEndArray();
        writer.WriteString("rationale", JsonRead.Text(reward, "rationale"));
        writer.WritePropertyName("raw");
        if (reward.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
        else
        {
            reward.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteJudge(Utf8JsonWriter writer, JsonElement judge)
    {
        writer.WriteStartObject();
        writer.WriteString("identifier", JsonRead.Text(judge, "identifier") ?? "");
        writer.WriteNumber("score", JsonRead.Number(judge, "score") ?? 0.0);
        writer.WriteString("rationale", JsonRead.Text(judge, "rationale") ?? "");
        Principles(writer, judge);
        writer.WriteStartArray("samples");
        foreach (var sample in Items(judge, "samples"))
        {
            writer.WriteStartObject();
            writer.WriteNumber("score", JsonRead.Number(sample, "score") ?? 0.0);
            writer.WriteString("rationale", JsonRead.Text(sample, "rationale") ?? "");
            Principles(writer, sample);
            Number(writer, sample, "uncertainty");
            Number(writer, sample, "temperature");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("escalated", JsonRead.TryGet(judge, "escalated", out var escalated) && escalated.ValueKind == JsonValueKind.True);
        writer.WriteString("escalation_reason", JsonRead.Text(judge, "escalation_reason"));
        writer.WriteEndObject();
    }

    private static void Principles(Utf8JsonWriter writer, JsonElement of)
    {
        writer.WriteStartArray("principles");
        foreach (var principle in Items(of, "principles"))
        {
            principle.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter writer, JsonElement from, string name)
    {
        if (JsonRead.Number(from, name) is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement value, string name) =>
        JsonRead.TryGet(value, name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];
}
