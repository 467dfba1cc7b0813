using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Runtime.Triage;

/// <summary>What is known of a task before it is begun. Stored as <c>metadata.triage_dossier</c>; it names incident and tags for the
/// impact of playbook entries.</summary>
public sealed record TriageDossier
{
    /// <summary>The task, as it was given.</summary>
    public required string Task { get; init; }

    /// <summary>The task in short.</summary>
    public required string Summary { get; init; }

    /// <summary>What could go wrong.</summary>
    public ImmutableArray<TriageRisk> Risks { get; init; } = [];

    /// <summary>Measurements and facts.</summary>
    public ImmutableArray<TriageSignal> Signals { get; init; } = [];

    /// <summary>Who is concerned.</summary>
    public ImmutableArray<PersonaReference> PersonaReferences { get; init; } = [];

    /// <summary>Vectors by name.</summary>
    public ImmutableSortedDictionary<string, TriageEmbedding> Embeddings { get; init; } =
        ImmutableSortedDictionary.Create<string, TriageEmbedding>(StringComparer.Ordinal);

    /// <summary>Tags, each once.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Whatever else is known.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>What tells this kind of task from others; null if nothing does.</summary>
    public string? FingerprintHint { get; init; }

    /// <summary>The dossier as it is stored.</summary>
    public JsonObject ToJson() => (JsonObject)JsonSerializer.SerializeToNode(this, AtlasJson.Options)!;
}
