using Atlas.Models.Embeddings;
using Xunit;

namespace Atlas.Models.Tests.Embeddings;

/// <summary>The sentence encoder, where eng/sentence-encoder.sh has fetched it.</summary>
internal static class Encoder
{
    /// <summary>The encoder; a test without it is skipped, and says so.</summary>
    public static SentenceEmbeddings Demand()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string[] places = [Path.Combine(folder, ".atlas", "sentence-encoder"), Path.Combine(folder, ".atlas", "test-models", "sentence-encoder")];
            if (Array.Find(places, SentenceEmbeddings.IsIn) is { } encoder)
            {
                return new SentenceEmbeddings(encoder);
            }
        }

        Assert.Skip("The sentence encoder is not here; eng/sentence-encoder.sh fetches it.");
        throw new InvalidOperationException();
    }
}
