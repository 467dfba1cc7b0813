using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Embeddings;

/// <summary>Embeddings based on words, for use without a model. Texts that share words, in any form and order, are close to each other.</summary>
/// <remarks>They know nothing of meaning: “buy” and “purchase” are unrelated. English endings are removed, and function words do not count.</remarks>
public sealed class WordEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Dimensions = 1024;
    private static readonly SimilarityBound Bound = new(0.8);
    private static readonly EmbeddingGeneratorMetadata About = new("atlas", defaultModelId: "words", defaultModelDimensions: Dimensions);
    private static readonly FrozenSet<string> Empty = new[]
    {
        "a", "an", "the", "this", "that", "these", "those", "of", "to", "in", "on", "at", "by", "for", "with", "from", "as", "and", "or", "but", "if", "then", "when", "whenever",
        "is", "are", "was", "were", "be", "been", "being", "it", "its", "you", "your", "they", "their", "them", "he", "she", "his", "her", "has", "have", "had", "do", "does", "did",
        "any", "some", "so", "there", "which", "who", "will", "would", "can", "could", "should", "must", "may", "always", "please",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Endings = ["ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "e"];

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(Vector(text)) { ModelId = About.DefaultModelId })));
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(SimilarityBound) ? Bound
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? About
        : serviceType?.IsInstanceOfType(this) is true ? this
        : null;

    void IDisposable.Dispose()
    {
    }

    private static float[] Vector(string text)
    {
        var vector = new float[Dimensions];
        foreach (var word in Words(text).Where(word => !Empty.Contains(word)).Select(Stem).Distinct(StringComparer.Ordinal))
        {
            vector[Place(word)] += 1;
        }

        return vector;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else if (rune.Value is not ('\'' or '\u2019') && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static string Stem(string word) =>
        Endings.FirstOrDefault(ending => word.Length >= ending.Length + 3 && word.EndsWith(ending, StringComparison.Ordinal)) is { } ending
            ? word[..^ending.Length].TrimEnd('i')
            : word;

    /// <summary>FNV-1a, so that a word has the same position in every process.</summary>
    private static int Place(string word)
    {
        var hash = 2166136261u;
        foreach (var each in Encoding.UTF8.GetBytes(word))
        {
            hash = (hash ^ each) * 16777619u;
        }

        return (int)(hash % Dimensions);
    }
}
