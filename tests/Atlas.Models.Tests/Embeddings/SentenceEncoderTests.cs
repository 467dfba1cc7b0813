using Atlas.Models.Embeddings;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Models.Tests.Embeddings;

public sealed class SentenceEncoderTests
{
    /// <summary>What the model's own runtime on Node gives: the first number, and all of them summed with weights −3 to 3 by turns.</summary>
    [Theory]
    [InlineData("How do I reset my password?", -0.048459071666002274, 5.037406887975521)]
    [InlineData("The cat sat on the mat.", 0.0484795905649662, 0.050849145802203566)]
    [InlineData("Always look up the order first!", 0.05939703807234764, -0.9506430019391701)]
    [InlineData("It rains in the French capital.", -0.06041417643427849, -1.8224082573433407)]
    [InlineData("na\u00efve caf\u00e9, 12.5% off \u2014 today", 0.059032369405031204, 0.49781405134126544)]
    [InlineData("a", 0.03993544727563858, 2.7478652498757583)]
    public async Task It_gives_what_the_models_own_runtime_gives(string text, double first, double sum)
    {
        using IEmbeddingGenerator<string, Embedding<float>> encoder = Encoder.Demand();

        var vector = (await encoder.GenerateAsync([text]))[0].Vector.ToArray();

        Assert.Equal(512, vector.Length);
        Assert.Equal(first, vector[0], 2e-6);
        Assert.Equal(sum, vector.Select((value, at) => value * ((at % 7) - 3.0)).Sum(), 1e-4);
    }

    [Fact]
    public async Task A_text_without_any_letter_that_is_known_or_without_an_end_is_no_harm()
    {
        using IEmbeddingGenerator<string, Embedding<float>> encoder = Encoder.Demand();

        var vectors = await encoder.GenerateAsync(["", " ", "\ud83d\ude00\ud800", new string('x', 100_000), "word " + new string(' ', 5000)]);

        Assert.All(vectors, vector => Assert.All(vector.Vector.ToArray(), value => Assert.True(float.IsFinite(value))));
    }

    [Fact]
    public async Task Files_that_are_not_the_models_are_refused_with_a_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("encoder").FullName;
        try
        {
            foreach (var name in Enumerable.Range(1, 7).Select(number => $"group1-shard{number}of7").Append("vocab.json"))
            {
                await File.WriteAllTextAsync(Path.Combine(folder, name), "[]");
            }

            Assert.True(SentenceEmbeddings.IsIn(folder));
            using IEmbeddingGenerator<string, Embedding<float>> encoder = new SentenceEmbeddings(folder);
            var wrong = await Assert.ThrowsAsync<InvalidDataException>(() => encoder.GenerateAsync(["text"]));
            Assert.Contains("eng/sentence-encoder.sh", wrong.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
