using System.Collections.Immutable;
using Atlas.Learning.Meaning;

namespace Atlas.Learning.Tests.Meaning;

/// <summary>Vectors whose cosines are as a test wants them: what is not named lies at right angles.</summary>
internal static class Known
{
    /// <param name="same">From which cosine texts mean the same.</param>
    /// <param name="pairs">Two texts and their cosine; no text is in two pairs.</param>
    public static RuleVectors Pairs(double same, params (string One, string Other, double Cosine)[] pairs)
    {
        var vectors = ImmutableDictionary.CreateBuilder<string, ImmutableArray<float>>();
        foreach (var (number, pair) in pairs.Index())
        {
            var (one, other) = (new float[2 * pairs.Length], new float[2 * pairs.Length]);
            one[2 * number] = 1;
            (other[2 * number], other[(2 * number) + 1]) = ((float)pair.Cosine, (float)Math.Sqrt(1 - (pair.Cosine * pair.Cosine)));
            vectors[pair.One] = [.. one];
            vectors[pair.Other] = [.. other];
        }

        return new("model", same - 1e-7, vectors.ToImmutable());
    }
}
