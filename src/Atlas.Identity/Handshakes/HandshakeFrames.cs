using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;

namespace Atlas.Identity.Handshakes;

/// <summary>How the handshake looks on the wire, before Orleans says its first word.</summary>
/// <remarks>
/// The one who connects: the mark, a nonce, and role and name. The one who listens: a verdict and a nonce of its own. Then the proof of the one, and
/// a verdict with the proof of the other. A proof is an HMAC over all that was said, keyed with the credential, so the secret never travels
/// and what was overheard serves nobody a second time.
/// </remarks>
internal static class HandshakeFrames
{
    public const int NonceBytes = 32;
    public const int ProofBytes = 32;

    private const int MostWhoBytes = 400;

    /// <summary>As a length of Orleans' preamble it would be beyond all bounds, so no connection without a handshake begins like that.</summary>
    public static ReadOnlySpan<byte> Mark => "ATLASID1"u8;

    public static int MarkBytes => Mark.Length;

    public static byte[] Nonce() => RandomNumberGenerator.GetBytes(NonceBytes);

    public static byte[] Who(string role, string name) => Encoding.UTF8.GetBytes($"{role}\n{name}");

    /// <summary>Role and name; null if it is no such thing.</summary>
    public static (string Role, string Name)? Who(byte[] who) =>
        Encoding.UTF8.GetString(who).Split('\n') is [var role, var name] ? (role, name) : null;

    /// <summary>What the proof of one side is made over.</summary>
    public static byte[] Said(string side, byte[] clientNonce, byte[] serverNonce, byte[] who) =>
        [.. Encoding.ASCII.GetBytes($"atlas handshake {side}\n"), .. clientNonce, .. serverNonce, .. who];

    /// <summary>Whether the other side begins with the mark. Nothing is taken out of the pipe. Null if it has hung up.</summary>
    public static async ValueTask<bool?> BeginsWithMarkAsync(PipeReader pipe, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellation).ConfigureAwait(false);
            if (read.Buffer.Length >= MarkBytes)
            {
                var begins = read.Buffer.Slice(0, MarkBytes).ToArray().AsSpan().SequenceEqual(Mark);
                pipe.AdvanceTo(read.Buffer.Start);
                return begins;
            }

            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.IsCanceled)
            {
                return null;
            }
        }
    }

    /// <summary>Takes so many bytes out of the pipe.</summary>
    /// <exception cref="EndOfStreamException">The other side has hung up.</exception>
    public static async ValueTask<byte[]> TakeAsync(PipeReader pipe, int count, CancellationToken cancellation)
    {
        var read = await pipe.ReadAtLeastAsync(count, cancellation).ConfigureAwait(false);
        if (read.Buffer.Length < count)
        {
            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            throw new EndOfStreamException("The other side has hung up.");
        }

        var taken = read.Buffer.Slice(0, count);
        var bytes = taken.ToArray();
        pipe.AdvanceTo(taken.End);
        return bytes;
    }

    public static async ValueTask<byte[]> TakeWhoAsync(PipeReader pipe, CancellationToken cancellation)
    {
        var length = await TakeAsync(pipe, 2, cancellation).ConfigureAwait(false);
        var bytes = (length[0] << 8) | length[1];
        return bytes <= MostWhoBytes
            ? await TakeAsync(pipe, bytes, cancellation).ConfigureAwait(false)
            : throw new InvalidDataException("The name is too long.");
    }

    public static byte[] WithLength(byte[] who) => [(byte)(who.Length >> 8), (byte)who.Length, .. who];
}
