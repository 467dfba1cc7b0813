using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Net.ServerSentEvents;
using Atlas.Proxy.Routing;

namespace Atlas.Proxy.Recording;

/// <summary>The copy of an answer. Takes the bytes that pass, at the cost of copying them, and reads them on another thread while more
/// arrive. If the reader falls behind by more than its limit, the copy ends, but the answer still passes.</summary>
internal sealed class AnswerCopy
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, resumeWriterThreshold: 0, useSynchronizationContext: false));
    private readonly long _most;
    private long _taken;
    private long _read;
    private bool _ended;

    /// <param name="kind">The protocol.</param>
    /// <param name="most">The maximum number of bytes that can wait, or that are kept of an answer that is not a stream.</param>
    public AnswerCopy(CallKind kind, long most)
    {
        _most = most;
        Answer = kind switch
        {
            CallKind.Responses or CallKind.Compaction => new ResponsesAnswer(),
            CallKind.Messages => new MessagesAnswer(),
            _ => new ChatAnswer(),
        };
    }

    /// <summary>Gets the answer; read it only after <see cref="ReadAsync"/> has completed.</summary>
    public Answer Answer { get; }

    /// <summary>Gets a value indicating whether more arrived than could be kept.</summary>
    public bool IsCut { get; private set; }

    public long Bytes => _taken;

    /// <summary>Returns whether an answer with this encoding can be read.</summary>
    public static bool Fits(string? encoding) => encoding is null or "" or "identity" or "gzip" or "x-gzip" or "deflate" or "br";

    /// <summary>Adds bytes that passed.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_ended || IsCut)
        {
            return;
        }

        _taken += bytes.Length;
        if (_taken - Interlocked.Read(ref _read) > _most)
        {
            IsCut = true;
            _pipe.Writer.Complete();
            return;
        }

        _pipe.Writer.Write(bytes);

        // Without a threshold, flushing never waits.
        _ = _pipe.Writer.FlushAsync().AsTask();
    }

    /// <summary>Notes that no more bytes follow.</summary>
    public void End()
    {
        if (!_ended)
        {
            _ended = true;
            if (!IsCut)
            {
                _pipe.Writer.Complete();
            }
        }
    }

    /// <summary>Reads until the copy ends.</summary>
    /// <param name="isStream">Whether it is a stream of server-sent events.</param>
    /// <param name="encoding">The encoding of the body.</param>
    public async Task ReadAsync(bool isStream, string? encoding)
    {
        var copy = new Counting(_pipe.Reader.AsStream(), read => Interlocked.Add(ref _read, read));
        await using var copyDisposal = copy.ConfigureAwait(false);
        var plain = Unpacked(copy, encoding);
        await using var plainDisposal = plain.ConfigureAwait(false);
        try
        {
            if (isStream)
            {
                await foreach (var _ in SseParser.Create(plain, Take).EnumerateAsync().ConfigureAwait(false))
                {
                }
            }
            else
            {
                using var whole = new MemoryStream();
                var buffer = ArrayPool<byte>.Shared.Rent(16 << 10);
                try
                {
                    for (int read; (read = await plain.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
                    {
                        // A small compressed body can be large when decompressed.
                        if (whole.Length + read > _most)
                        {
                            IsCut = true;
                            return;
                        }

                        whole.Write(buffer, 0, read);
                    }
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
                }

                Answer.TakeWhole(whole.GetBuffer().AsMemory(0, (int)whole.Length));
            }
        }
        catch (Exception odd) when (odd is InvalidDataException or IOException)
        {
            // A compressed body that was cut off; what came before remains.
        }
    }

    private bool Take(string type, ReadOnlySpan<byte> data)
    {
        Answer.Take(type, data);
        return true;
    }

    private static Stream Unpacked(Stream copy, string? encoding) => encoding switch
    {
        "gzip" or "x-gzip" => new GZipStream(copy, CompressionMode.Decompress),
        "deflate" => new ZLibStream(copy, CompressionMode.Decompress),
        "br" => new BrotliStream(copy, CompressionMode.Decompress),
        _ => copy,
    };

    /// <summary>Reports how much was read.</summary>
    private sealed class Counting(Stream inner, Action<int> tell) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            tell(read);
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
