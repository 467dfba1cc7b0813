namespace Atlas.Proxy.Injection;

/// <summary>An insertion into a body.</summary>
/// <param name="At">The offset of the byte before which it goes.</param>
/// <param name="Removed">The number of bytes it replaces; 0 except for a name that the proxy itself has to remove.</param>
/// <param name="Bytes">The bytes to insert.</param>
internal readonly record struct Splice(int At, int Removed, ReadOnlyMemory<byte> Bytes);

/// <summary>A body with insertions. The original pieces keep their order, and none of them is copied.</summary>
internal sealed class SplicedBody : Stream
{
    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private int _piece;
    private int _within;

    public SplicedBody(ReadOnlyMemory<byte> body, IEnumerable<Splice> splices)
    {
        var at = 0;
        foreach (var splice in splices.OrderBy(splice => splice.At))
        {
            Add(body[at..splice.At]);
            Add(splice.Bytes);
            at = splice.At + splice.Removed;
        }

        Add(body[at..]);
    }

    public override long Length => _pieces.Sum(piece => (long)piece.Length);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = 0;
        while (buffer.Length > 0 && _piece < _pieces.Count)
        {
            var rest = _pieces[_piece].Span[_within..];
            var length = Math.Min(rest.Length, buffer.Length);
            rest[..length].CopyTo(buffer);
            buffer = buffer[length..];
            read += length;
            (_piece, _within) = length == rest.Length ? (_piece + 1, 0) : (_piece, _within + length);
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Add(ReadOnlyMemory<byte> piece)
    {
        if (!piece.IsEmpty)
        {
            _pieces.Add(piece);
        }
    }
}
