using System.Collections.Concurrent;
using System.Collections.Immutable;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Meaning;
using Atlas.Learning.Options;
using Atlas.Models.Embeddings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Meaning;

/// <summary>Asks an embedding model about the texts of rules. Runs in the background, never within a key's request.</summary>
internal sealed class EntryMeanings(EntryEmbedder embedder, LearningRules rules, ILogger<EntryMeanings> log) : IDisposable
{
    /// <summary>The number of vectors kept, so that the model is not asked about an unchanged entry again.</summary>
    private const int MostKept = 4096;

    private readonly WordEmbeddings _words = new();
    private volatile ConcurrentDictionary<string, ImmutableArray<float>> _kept = new(StringComparer.Ordinal);

    /// <summary>Whether entries are compared by meaning.</summary>
    public bool IsOn => rules.Learning.Meaning.Enabled;

    /// <summary>Returns the vectors of texts. If the model fails, texts are compared by their words this time.</summary>
    public async Task<RuleVectors> OfAsync(IReadOnlyCollection<string> texts, CancellationToken cancellation)
    {
        try
        {
            return await VectorsAsync(embedder.Generator, texts, _kept, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.MeaningsUnknown(failure, NameOf(embedder.Generator));
            return await VectorsAsync(_words, texts, new(StringComparer.Ordinal), cancellation);
        }
    }

    /// <summary>Drops all texts, because some of them must be forgotten. A call that has begun keeps nothing for later ones.</summary>
    public void Drop() => _kept = new(StringComparer.Ordinal);

    public void Dispose() => ((IDisposable)_words).Dispose();

    private async Task<RuleVectors> VectorsAsync(
        IEmbeddingGenerator<string, Embedding<float>> model, IReadOnlyCollection<string> texts, ConcurrentDictionary<string, ImmutableArray<float>> kept, CancellationToken cancellation)
    {
        var known = ImmutableDictionary.CreateBuilder<string, ImmutableArray<float>>(StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var text in texts)
        {
            if (kept.TryGetValue(text, out var vector))
            {
                known[text] = vector;
            }
            else
            {
                unknown.Add(text);
            }
        }

        if (unknown.Count > 0)
        {
            var vectors = await model.GenerateAsync(unknown, cancellationToken: cancellation);
            if (vectors.Count != unknown.Count)
            {
                throw new InvalidOperationException($"The embedding model '{NameOf(model)}' returned {vectors.Count} vectors for {unknown.Count} texts.");
            }

            if (kept.Count + unknown.Count > MostKept)
            {
                kept.Clear();
            }

            foreach (var (text, vector) in unknown.Zip(vectors))
            {
                known[text] = kept[text] = ImmutableArray.Create(vector.Vector.Span);
            }
        }

        return new RuleVectors(NameOf(model), Bound(model), known.ToImmutable());
    }

    private double Bound(IEmbeddingGenerator<string, Embedding<float>> model) =>
        (model == _words ? null : rules.Learning.Meaning.Same) ?? ((model.GetService(typeof(SimilarityBound)) as SimilarityBound) ?? SimilarityBound.Cautious).Cosine;

    private static string NameOf(IEmbeddingGenerator model) =>
        (model.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId ?? model.GetType().Name;
}
