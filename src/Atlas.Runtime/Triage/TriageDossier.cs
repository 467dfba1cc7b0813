using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Runtime.Triage;

/// <summary>What is known of a task before it starts. Stored as <c>metadata.triage_dossier</c>; it names the incident and the tags for the
/// impact of playbook entries.</summary>
public sealed record TriageDossier
{
    /// <summary>Gets the task, as it was given.</summary>
    public required string Task { get; init; }

    /// <summary>Gets a summary of the task.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets what could go wrong.</summary>
    public ImmutableArray<TriageRisk> Risks { get; init; } = [];

    /// <summary>Gets measurements and facts.</summary>
    public ImmutableArray<TriageSignal> Signals { get; init; } = [];

    /// <summary>Gets who is concerned.</summary>
    public ImmutableArray<PersonaReference> PersonaReferences { get; init; } = [];

    /// <summary>Gets vectors by name.</summary>
    public ImmutableSortedDictionary<string, TriageEmbedding> Embeddings { get; init; } =
        ImmutableSortedDictionary.Create<string, TriageEmbedding>(StringComparer.Ordinal);

    /// <summary>Gets the tags, without duplicates.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Gets anything else that is known.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>Gets what distinguishes this kind of task from others; null if nothing does.</summary>
    public string? FingerprintHint { get; init; }

    /// <summary>Returns the dossier as it is stored.</summary>
    public JsonObject ToJson() => (JsonObject)JsonSerializer.SerializeToNode(this, AtlasJson.Options)!;
}
