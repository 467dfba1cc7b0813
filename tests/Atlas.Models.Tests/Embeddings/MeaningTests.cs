using System.Collections.Immutable;
using System.Globalization;
using Atlas.Learning.Meaning;
using Atlas.Models.Embeddings;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Models.Tests.Embeddings;

/// <summary>How well rules are told apart by their meaning, over pairs that were labelled by hand.</summary>
public sealed class MeaningTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("rule-pairs.tsv", 10, 8)]
    [InlineData("rule-pairs-held-back.tsv", 4, 4)]
    public async Task The_sentence_encoder_finds_most_rules_that_say_the_same_and_takes_no_other_for_one(string file, int same, int opposed)
    {
        using IEmbeddingGenerator<string, Embedding<float>> encoder = Encoder.Demand();

        var told = await TellAsync(encoder, file);

        Assert.Equal(0, told.Wrong);
        Assert.True(told.Found >= same, $"Only {told.Found} pairs that say the same were found.");
        Assert.True(told.Opposed >= opposed, $"Only {told.Opposed} contradictions were found.");
    }

    [Theory]
    [InlineData("rule-pairs.tsv")]
    [InlineData("rule-pairs-held-back.tsv")]
    public async Task Words_alone_take_no_other_rule_for_the_same(string file)
    {
        using IEmbeddingGenerator<string, Embedding<float>> words = new WordEmbeddings();

        var told = await TellAsync(words, file);

        Assert.Equal(0, told.Wrong);
    }

    private async Task<(int Found, int Opposed, int Wrong)> TellAsync(IEmbeddingGenerator<string, Embedding<float>> model, string file)
    {
        var pairs = RulePairs.In(file);
        string[] texts = [.. pairs.SelectMany(pair => pair.One.Texts.Concat(pair.Other.Texts)).Distinct()];
        var embeddings = await model.GenerateAsync(texts);
        var bound = ((SimilarityBound)model.GetService(typeof(SimilarityBound))!).Cosine;
        var vectors = new RuleVectors("test", bound, texts.Zip(embeddings).ToImmutableDictionary(pair => pair.First, pair => ImmutableArray.Create(pair.Second.Vector.Span)));
        var told = pairs.Select(pair => (pair.Relation, Found: RuleComparison.Measure(pair.One, pair.Other, vectors), pair.One, pair.Other)).ToList();
        foreach (var pair in told)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{pair.Relation,-9} told {pair.Found.Relation,-9} when {vectors.Cosine(pair.One.When, pair.Other.When):0.00} do {vectors.Cosine(pair.One.Do, pair.Other.Do):0.00}  {pair.One.Do} / {pair.Other.Do}"));
        }

        output.WriteLine(string.Join("; ", from pair in told
                                           group pair by (pair.Relation, Told: pair.Found.Relation) into both
                                           orderby both.Key
                                           select $"{both.Key.Relation} told {both.Key.Told}: {both.Count()}"));
        return (
            told.Count(pair => pair.Relation is RuleRelation.Same && pair.Found.Relation is RuleRelation.Same),
            told.Count(pair => pair.Relation is RuleRelation.Opposed && pair.Found.Relation is RuleRelation.Opposed),
            told.Count(pair => pair.Relation is not RuleRelation.Same && pair.Found.Relation is RuleRelation.Same));
    }
}
