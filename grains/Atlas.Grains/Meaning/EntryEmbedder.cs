using Microsoft.Extensions.AI;

namespace Atlas.Grains.Meaning;

/// <summary>The embedding model that compares entries by meaning. A separate type, because an application can have another model for other
/// purposes.</summary>
/// <param name="Generator">The model. It is called for several keys concurrently.</param>
public sealed record EntryEmbedder(IEmbeddingGenerator<string, Embedding<float>> Generator);
