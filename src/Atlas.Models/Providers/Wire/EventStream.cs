using System.Text;

namespace Atlas.Models.Providers.Wire;

/// <summary>A sequence of texts as a stream that can be read once. A failure of the source is thrown while reading.</summary>
internal sealed class EventStream : Stream
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IAsyncEnumerator<string> _texts;
    private readonly IDisposable _source;
    private ReadOnlyMemory<byte> _rest;
    private bool _isOver;

    /// <param name="texts">The texts, for a token that cancels them.</param>
    /// <param name="source">The source, which is disposed of with this stream.</param>
    public EventStream(Func<CancellationToken, IAsyncEnumerable<string>> texts, IDisposable source)
    {
        _texts = texts(_stop.Token).GetAsyncEnumerator(_stop.Token);
        _source = source;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits until there is something to read, or for the end. A failure before that is thrown here.</summary>
    public async Task BeginAsync(CancellationToken ct)
    {
        using var registration = ct.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
        while (_rest.IsEmpty && !_isOver)
        {
            _isOver = !await _texts.MoveNextAsync().ConfigureAwait(false);
            _rest = _isOver ? default : Encoding.UTF8.GetBytes(_texts.Current);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        await BeginAsync(cancellationToken).ConfigureAwait(false);
        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
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
            _source.Dispose();
            _stop.Dispose();
        }

        base.Dispose(disposing);
    }
}
