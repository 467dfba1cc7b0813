using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;

namespace Atlas.Identity.Handshakes;

/// <summary>The wire format of the handshake, which takes place before Orleans' own messages.</summary>
/// <remarks>
/// The connecting side sends the mark, a nonce, and role and name. The listening side sends a verdict and its own nonce. Then the
/// connecting side sends its proof, and the listening side a verdict with its own proof. A proof is an HMAC over the whole exchange, keyed
/// with the credential, so the secret is never sent, and a recorded exchange cannot be replayed.
/// </remarks>
internal static class HandshakeFrames
{
    public const int NonceBytes = 32;
    public const int ProofBytes = 32;

    private const int MostWhoBytes = 400;

    /// <summary>As a length in Orleans' preamble it would be far too large, so no connection without a handshake begins with it.</summary>
    public static ReadOnlySpan<byte> Mark => "ATLASID1"u8;

    public static int MarkBytes => Mark.Length;

    public static byte[] Nonce() => RandomNumberGenerator.GetBytes(NonceBytes);

    public static byte[] Who(string role, string name) => Encoding.UTF8.GetBytes($"{role}\n{name}");

    /// <summary>Returns role and name; null if the bytes contain neither.</summary>
    public static (string Role, string Name)? Who(byte[] who) =>
        Encoding.UTF8.GetString(who).Split('\n') is [var role, var name] ? (role, name) : null;

    /// <summary>Returns the bytes over which one side computes its proof.</summary>
    public static byte[] Said(string side, byte[] clientNonce, byte[] serverNonce, byte[] who) =>
        [.. Encoding.ASCII.GetBytes($"atlas handshake {side}\n"), .. clientNonce, .. serverNonce, .. who];

    /// <summary>Whether the other side begins with the mark. Nothing is consumed from the pipe. Null if the other side has hung
    /// up.</summary>
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

    /// <summary>Consumes a number of bytes from the pipe.</summary>
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
