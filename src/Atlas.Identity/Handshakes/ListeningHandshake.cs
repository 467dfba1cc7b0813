using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Atlas.Identity.Handshakes;

/// <summary>The listening side: lets nothing through to Orleans before the credential is proven.</summary>
/// <param name="secret">The cluster's secret; null for an open silo, which only tells clients with a credential that it has none.</param>
/// <param name="forSilos">Whether the port is for silos or for clients.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Receives refusals.</param>
internal sealed partial class ListeningHandshake(ClusterSecret? secret, bool forSilos, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long? _told;
    private int _untold;

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        string? refusal;
        try
        {
            using var late = new CancellationTokenSource(Patience, time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, late.Token);
            refusal = await RefusalAsync(connection, limit.Token).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or OperationCanceledException or ConnectionAbortedException or ConnectionResetException)
        {
            refusal = "it did not finish its handshake";
        }

        if (refusal is null)
        {
            await next(connection).ConfigureAwait(false);
            return;
        }

        if (refusal.Length > 0)
        {
            Tell(connection.RemoteEndPoint, refusal);
        }

        connection.Abort(new ConnectionAbortedException($"Refused: {refusal}."));
    }

    /// <summary>Returns why the connection is refused: empty if there is nothing to report, null to admit it.</summary>
    private async Task<string?> RefusalAsync(ConnectionContext connection, CancellationToken cancellation)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        if (await HandshakeFrames.BeginsWithMarkAsync(input, cancellation).ConfigureAwait(false) is not true)
        {
            return secret is null ? null : "it brings no credential";
        }

        await HandshakeFrames.TakeAsync(input, HandshakeFrames.MarkBytes, cancellation).ConfigureAwait(false);
        var theirs = await HandshakeFrames.TakeAsync(input, HandshakeFrames.NonceBytes, cancellation).ConfigureAwait(false);
        var who = await HandshakeFrames.TakeWhoAsync(input, cancellation).ConfigureAwait(false);
        if (!forSilos && HandshakeFrames.Who(who) is { Role: CredentialDemand.Role })
        {
            // A question is not an attempt and is not reported.
            return await RefuseAsync(secret is null ? HandshakeVerdict.NoSecret : HandshakeVerdict.WrongDoor, "").ConfigureAwait(false);
        }

        if (secret is null)
        {
            return await RefuseAsync(HandshakeVerdict.NoSecret, "it brings a credential, and this silo has no secret to check it with").ConfigureAwait(false);
        }

        if (HandshakeFrames.Who(who) is not var (role, name) || forSilos != (role == AtlasRole.Silo) || !(forSilos || AtlasRole.IsClients(role)))
        {
            return await RefuseAsync(HandshakeVerdict.WrongDoor, "its role does not come in by this port").ConfigureAwait(false);
        }

        var mine = HandshakeFrames.Nonce();
        byte[] challenge = [(byte)HandshakeVerdict.GoOn, .. mine];
        await output.WriteAsync(challenge, cancellation).ConfigureAwait(false);
        var proof = await HandshakeFrames.TakeAsync(input, HandshakeFrames.ProofBytes, cancellation).ConfigureAwait(false);
        if (secret.Signer(role, name, HandshakeFrames.Said("client", theirs, mine, who), proof) is not { } credential)
        {
            return await RefuseAsync(HandshakeVerdict.WrongKey, "its credential was made with another secret").ConfigureAwait(false);
        }

        byte[] welcome = [(byte)HandshakeVerdict.GoOn, .. credential.Sign(HandshakeFrames.Said("silo", theirs, mine, who))];
        await output.WriteAsync(welcome, cancellation).ConfigureAwait(false);
        return null;

        async ValueTask<string> RefuseAsync(HandshakeVerdict verdict, string why)
        {
            byte[] answer = [(byte)verdict];
            await output.WriteAsync(answer, cancellation).ConfigureAwait(false);
            await output.CompleteAsync().ConfigureAwait(false);

            // Closing immediately can discard an answer that the other side has not read yet.
            try
            {
                await input.ReadAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException or ConnectionAbortedException or ConnectionResetException)
            {
                // This is the expected end.
            }

            return why;
        }
    }

    // Endless attempts must not fill the log.
    private void Tell(EndPoint? from, string refusal)
    {
        int untold;
        lock (_lock)
        {
            if (_told is { } last && time.GetElapsedTime(last) < Quiet)
            {
                _untold++;
                return;
            }

            (_told, untold, _untold) = (time.GetTimestamp(), _untold, 0);
        }

        Refused(log, forSilos ? "silo" : "client", from, refusal, untold);
    }

    [LoggerMessage(1192, LogLevel.Warning, "A connection for a {Kind} from {From} was refused: {Why}. ({Untold} more were since this was last said.)")]
    private static partial void Refused(ILogger logger, string kind, EndPoint? from, string why, int untold);
}
