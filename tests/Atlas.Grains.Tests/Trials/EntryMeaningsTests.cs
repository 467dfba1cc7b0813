using Atlas.Grains.Meaning;
using Atlas.Learning.Meaning;
using Atlas.Learning.Options;
using Atlas.Models.Embeddings;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Atlas.Grains.Tests.Trials;

/// <summary>What is asked of an embedding model, and what happens where it fails.</summary>
public sealed class EntryMeaningsTests
{
    [Fact]
    public async Task The_bound_is_the_models_own_unless_the_configuration_says_another()
    {
        using var own = Meanings(new WordEmbeddings(), new MeaningOptions());
        using var told = Meanings(new WordEmbeddings(), new MeaningOptions { Same = 0.55 });
        using var unknown = Meanings(new Scripted(texts => texts.Length), new MeaningOptions());

        Assert.Equal(("words", 0.8), Named(await own.OfAsync(["a text"], CancellationToken.None)));
        Assert.Equal(("words", 0.55), Named(await told.OfAsync(["a text"], CancellationToken.None)));
        Assert.Equal(("Scripted", 0.9), Named(await unknown.OfAsync(["a text"], CancellationToken.None)));
    }

    [Fact]
    public async Task A_text_is_asked_about_once()
    {
        var model = new Scripted(texts => texts.Length);
        using var meanings = Meanings(model, new MeaningOptions());

        await meanings.OfAsync(["one", "two"], CancellationToken.None);
        var vectors = await meanings.OfAsync(["two", "three"], CancellationToken.None);

        Assert.Equal(["one", "two", "three"], model.Asked);
        Assert.Equal(2, vectors.Vectors.Count);
    }

    [Fact]
    public async Task Texts_that_were_dropped_are_asked_about_again_also_if_a_call_was_under_way()
    {
        EntryMeanings? dropping = null;
        var model = new Scripted(texts =>
        {
            dropping?.Drop();
            return texts.Length;
        });
        using var meanings = Meanings(model, new MeaningOptions());
        await meanings.OfAsync(["one"], CancellationToken.None);
        meanings.Drop();
        dropping = meanings;

        await meanings.OfAsync(["one"], CancellationToken.None);
        dropping = null;
        await meanings.OfAsync(["one"], CancellationToken.None);

        Assert.Equal(["one", "one", "one"], model.Asked);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Where_a_model_fails_or_gives_too_few_vectors_words_are_compared_by_their_own_bound(int given)
    {
        using var meanings = Meanings(new Scripted(_ => given >= 0 ? given : throw new HttpRequestException("away")), new MeaningOptions { Same = 0.99 });

        var vectors = await meanings.OfAsync(["look up the order", "look the order up"], CancellationToken.None);

        Assert.Equal(("words", 0.8), Named(vectors));
        Assert.Equal(1, vectors.Cosine("look up the order", "look the order up")!.Value, 1e-6);
    }

    private static (string, double) Named(RuleVectors vectors) => (vectors.By, vectors.Same);

    private static EntryMeanings Meanings(IEmbeddingGenerator<string, Embedding<float>> model, MeaningOptions options) =>
        new(new EntryEmbedder(model), new LearningRules(new LearningOptions { Meaning = options }, new RuntimeSafetyOptions()), NullLogger<EntryMeanings>.Instance);

    /// <summary>A model that gives as many vectors as it is told.</summary>
    private sealed class Scripted(Func<string[], int> count) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public List<string> Asked { get; } = [];

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            string[] texts = [.. values];
            Asked.AddRange(texts);
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(Enumerable.Range(0, count(texts)).Select(_ => new Embedding<float>(new[] { 1f, 0f }))));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
