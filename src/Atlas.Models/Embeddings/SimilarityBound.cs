namespace Atlas.Models.Embeddings;

/// <summary>The cosine from which a model's vectors mean the same. A custom generator returns it from
/// <c>GetService(typeof(SimilarityBound))</c>, or <c>learning.meaning.same</c> sets it.</summary>
/// <param name="cosine">Above 0 and at most 1.</param>
public sealed class SimilarityBound(double cosine)
{
    /// <summary>Gets the bound that applies if none is set: 0.9.</summary>
    public static SimilarityBound Cautious { get; } = new(0.9);

    /// <summary>Gets the cosine, above 0 and at most 1.</summary>
    public double Cosine { get; } = cosine is > 0 and <= 1 ? cosine : throw new ArgumentOutOfRangeException(nameof(cosine), cosine, "The cosine from which texts count as equal in meaning must be above 0 and at most 1.");
}
