namespace Atlas.Models.Providers.Wire;

/// <summary>A stream whose beginning can be inspected before it is read.</summary>
internal sealed class PeekedStream(Stream inner) : Stream
{
    private readonly byte[] _beginning = new byte[256];
    private int _length;
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Returns the first byte that is neither white space nor part of a byte order mark; null if there is none within a few hundred
    /// bytes.</summary>
    public async Task<byte?> FirstAsync(CancellationToken ct)
    {
        while (_length < _beginning.Length)
        {
            var read = await inner.ReadAsync(_beginning.AsMemory(_length), ct).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            var fresh = _beginning.AsSpan(_length, read);
            _length += read;
            if (fresh.IndexOfAnyExcept(Blank) is >= 0 and var at)
            {
                return fresh[at];
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> Blank => [(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0xEF, 0xBB, 0xBF];

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == _length)
        {
            return await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        var count = Math.Min(buffer.Length, _length - _position);
        _beginning.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

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
