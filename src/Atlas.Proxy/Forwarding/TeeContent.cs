using System.Net;
using Atlas.Proxy.Recording;

namespace Atlas.Proxy.Forwarding;

/// <summary>The body of an answer, which leaves behind a copy of each piece as it is read.</summary>
internal sealed class TeeContent(HttpContent inner, AnswerCopy copy, Action<Exception?> ended, TimeProvider time) : HttpContent
{
    protected override async Task<Stream> CreateContentReadStreamAsync() =>
        new TeeStream(await inner.ReadAsStreamAsync().ConfigureAwait(false), copy, ended, time);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new TeeStream(await inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), copy, ended, time);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => inner.CopyToAsync(stream, context);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class TeeStream(Stream body, AnswerCopy copy, Action<Exception?> ended, TimeProvider time) : Stream
    {
        private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(250);

        private bool _ended;

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
            int read;
            try
            {
                read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                End(failure);
                if (failure is IOException)
                {
                    // The connection to the client is about to be reset, which discards whatever has not been read by then.
                    await Task.Delay(Breath, time, cancellationToken).ConfigureAwait(false);
                }

                throw;
            }

            if (read > 0)
            {
                copy.Add(buffer.Span[..read]);
            }
            else if (buffer.Length > 0)
            {
                End(null);
            }

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
                // The client left before the end, so the body was not read completely.
                End(new OperationCanceledException());
                body.Dispose();
            }

            base.Dispose(disposing);
        }

        private void End(Exception? failure)
        {
            if (!_ended)
            {
                _ended = true;
                ended(failure);
            }
        }
    }
}
