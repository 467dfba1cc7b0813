using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Atlas.Import.Files;

namespace Atlas.Import.Json;

/// <summary>Reads the records of a stream one by one, with only the current record in memory.</summary>
internal static class RecordStream
{
    /// <summary>The maximum length of a record.</summary>
    public const int LongestRecord = 64 * 1024 * 1024;

    private const int Chunk = 128 * 1024;

    /// <param name="stream">The text; left open.</param>
    /// <param name="path">See <see cref="RecordSplitter"/>.</param>
    /// <param name="hasLines">Whether every line is a separate JSON text; detected if unknown.</param>
    /// <param name="longest">The maximum length of a record that is kept.</param>
    /// <param name="most">The approximate number of bytes after which to stop.</param>
    /// <param name="ct">Cancels the operation.</param>
    public static async IAsyncEnumerable<RawRecord> ReadAsync(
        Stream stream, ImmutableArray<string> path, bool hasLines = false, int longest = LongestRecord, long most = long.MaxValue,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        var splitter = new RecordSplitter(path, hasLines, longest);
        var chunk = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            var read = await stream.ReadAtLeastAsync(chunk.AsMemory(0, Chunk), SourceText.HeadLength, throwOnEndOfStream: false, ct).ConfigureAwait(false);
            if (SourceText.Refusal(chunk.AsSpan(0, Math.Min(read, SourceText.HeadLength)), isWhole: read < SourceText.HeadLength) is { } refusal)
            {
                yield return new RawRecord(RawKind.End, default, 1, 1, 0, $"The file {refusal}.");
                yield break;
            }

            for (var total = 0L; read > 0 && !splitter.HasEnded; total += read)
            {
                if (total >= most)
                {
                    yield break;
                }

                splitter.Feed(chunk.AsSpan(0, read));
                while (splitter.Found.TryDequeue(out var found))
                {
                    yield return found;
                }

                read = splitter.HasEnded ? 0 : await stream.ReadAsync(chunk.AsMemory(0, Chunk), ct).ConfigureAwait(false);
            }

            splitter.End();
            while (splitter.Found.TryDequeue(out var found))
            {
                yield return found;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
