using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Atlas.Import.Json;

/// <summary>One element of an array, or why reading ended before the array did.</summary>
internal readonly record struct ArrayItem(JsonDocument? Element, string? Error);

/// <summary>Reads the elements of a JSON array one by one; only the element at hand is in memory.</summary>
internal static class JsonArrayReader
{
    // Tool arguments in logs are nested deeper than most JSON.
    private const int DeepestNesting = 256;
    private static readonly StreamPipeReaderOptions PipeOptions = new(bufferSize: 256 * 1024, leaveOpen: true);

    /// <summary>Yields the elements in order. A broken text yields the readable elements first and then one error.</summary>
    /// <remarks>The receiver disposes of each element.</remarks>
    public static async IAsyncEnumerable<ArrayItem> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var pipe = PipeReader.Create(stream, PipeOptions);
        var cursor = new Cursor();
        try
        {
            while (cursor.Stage != Stage.Done)
            {
                var read = await pipe.ReadAsync(ct).ConfigureAwait(false);
                var rest = read.Buffer;
                while (cursor.Next(ref rest, read.IsCompleted, out var item))
                {
                    yield return item;
                }

                pipe.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    private enum Stage
    {
        Start,
        Inside,
        Done,
    }

    private sealed class Cursor
    {
        private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];
        private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = DeepestNesting });

        public Stage Stage { get; private set; } = Stage.Start;

        /// <summary>Takes the next element off the buffer; false if more bytes are needed or nothing is left to say.</summary>
        public bool Next(ref ReadOnlySequence<byte> buffer, bool isLast, out ArrayItem item)
        {
            item = default;
            if (Stage == Stage.Done)
            {
                return false;
            }

            try
            {
                return Stage == Stage.Start && !Open(ref buffer, isLast, out item)
                    ? item.Error is not null
                    : Element(ref buffer, isLast, out item);
            }
            catch (JsonException e)
            {
                item = Fail($"The file is no valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {Reason(e)}");
                return true;
            }
        }

        private bool Open(ref ReadOnlySequence<byte> buffer, bool isLast, out ArrayItem item)
        {
            item = default;
            if (buffer.Length < ByteOrderMark.Length && !isLast)
            {
                return false;
            }

            if (buffer.Length >= ByteOrderMark.Length && buffer.Slice(0, ByteOrderMark.Length).ToArray().AsSpan().SequenceEqual(ByteOrderMark))
            {
                buffer = buffer.Slice(ByteOrderMark.Length);
            }

            var reader = new Utf8JsonReader(buffer, isLast, _state);
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                item = Fail($"The file must be a JSON array of records; it begins with {Describe(reader.TokenType)}.");
                return false;
            }

            Advance(ref buffer, reader);
            Stage = Stage.Inside;
            return true;
        }

        private bool Element(ref ReadOnlySequence<byte> buffer, bool isLast, out ArrayItem item)
        {
            item = default;
            var reader = new Utf8JsonReader(buffer, isLast, _state);
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType == JsonTokenType.EndArray)
            {
                Advance(ref buffer, reader);
                Stage = Stage.Done;
                return false;
            }

            if (!JsonDocument.TryParseValue(ref reader, out var element))
            {
                return false;
            }

            Advance(ref buffer, reader);
            item = new(element, null);
            return true;
        }

        private void Advance(ref ReadOnlySequence<byte> buffer, in Utf8JsonReader reader)
        {
            _state = reader.CurrentState;
            buffer = buffer.Slice(reader.Position);
        }

        private ArrayItem Fail(string error)
        {
            Stage = Stage.Done;
            return new(null, error);
        }

        // The position stands in the sentence already.
        private static string Reason(JsonException e) => e.Message.Split(" LineNumber:")[0].Split(" Path:")[0].Trim();

        private static string Describe(JsonTokenType token) => token switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.String => "a text",
            JsonTokenType.Number => "a number",
            _ => "something else",
        };
    }
}
