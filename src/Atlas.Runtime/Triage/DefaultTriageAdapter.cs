using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Atlas.Runtime.Triage;

/// <summary>Builds the dossier from the usual keys of the metadata and copies all others.</summary>
internal sealed class DefaultTriageAdapter : ITriageAdapter
{
    private static readonly string[] Usual =
        ["summary", "description", "tags", "risks", "signals", "persona_references", "personas", "embeddings", "fingerprint_hint", "metadata"];

    public TriageDossier Write(string task, JsonObject metadata)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(metadata);
        return new TriageDossier
        {
            Task = task,
            Summary = TriageValues.FirstText(metadata, "summary", "description") ?? task.Trim(),
            Risks = [.. TriageValues.Items(metadata["risks"]).Select(RiskOf).OfType<TriageRisk>()],
            Signals = [.. TriageValues.Items(metadata["signals"]).Select(SignalOf).OfType<TriageSignal>()],
            PersonaReferences = [.. TriageValues.Items(metadata["persona_references"] ?? metadata["personas"]).Select(PersonaOf).OfType<PersonaReference>()],
            Embeddings = EmbeddingsOf(metadata["embeddings"] as JsonObject),
            Tags = TriageValues.Texts(metadata["tags"]),
            Metadata = Rest(metadata),
            FingerprintHint = TriageValues.Text(metadata["fingerprint_hint"]),
        };
    }

    private static TriageRisk? RiskOf(JsonNode? written)
    {
        if (written is JsonObject risk)
        {
            return TriageValues.FirstText(risk, "description", "summary") is { } description
                ? new TriageRisk(TriageValues.Text(risk["category"]) ?? "general", description, TriageSeverity.Of(TriageValues.Text(risk["severity"])))
                : null;
        }

        return TriageValues.Text(written) is { } text ? new TriageRisk("general", text, TriageSeverity.Moderate) : null;
    }

    private static TriageSignal? SignalOf(JsonNode? written) => written switch
    {
        JsonObject signal when TriageValues.Text(signal["name"]) is { } name => new TriageSignal(
            name, signal["value"]?.DeepClone(), TriageValues.Number(signal["confidence"], 0, 1), TriageValues.Text(signal["annotation"])),
        JsonArray { Count: 2 } pair when TriageValues.Text(pair[0]) is { } name => new TriageSignal(name, pair[1]?.DeepClone()),
        _ => null,
    };

    private static PersonaReference? PersonaOf(JsonNode? written)
    {
        if (written is JsonObject persona)
        {
            return TriageValues.FirstText(persona, "persona_id", "id") is { } id
                ? new PersonaReference(
                    id, TriageValues.Text(persona["rationale"]), TriageValues.Number(persona["weight"], 0, 5) ?? 1, TriageValues.Texts(persona["tags"]))
                : null;
        }

        return TriageValues.Text(written) is { } text ? new PersonaReference(text, null, 1, []) : null;
    }

    private static ImmutableSortedDictionary<string, TriageEmbedding> EmbeddingsOf(JsonObject? written) =>
        (written ?? [])
            .Select(item => (item.Key, Value: item.Value switch
            {
                JsonArray vector => new TriageEmbedding(VectorOf(vector)),
                JsonObject embedding when embedding["vector"] is JsonArray vector => new TriageEmbedding(
                    VectorOf(vector), TriageValues.Text(embedding["model"]), TriageValues.Text(embedding["note"])),
                _ => null,
            }))
            .Where(item => item.Value is { Vector.IsEmpty: false })
            .ToImmutableSortedDictionary(item => item.Key, item => item.Value!, StringComparer.Ordinal);

    private static ImmutableArray<double> VectorOf(JsonArray vector) => [.. vector.Select(TriageValues.Number).OfType<double>()];

    private static JsonObject Rest(JsonObject metadata)
    {
        var rest = metadata["metadata"] is JsonObject nested ? (JsonObject)nested.DeepClone() : [];
        foreach (var (key, value) in metadata)
        {
            if (!Usual.Contains(key, StringComparer.Ordinal))
            {
                rest[key] = value?.DeepClone();
            }
        }

        return rest;
    }
}
