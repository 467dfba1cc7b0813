using System.Security.Cryptography;
using Atlas.Contracts;
using Microsoft.AspNetCore.Connections;

namespace Atlas.Identity.Handshakes;

/// <summary>The connecting side: proves its credential, and makes the silo prove that it knows it too.</summary>
internal sealed class ConnectingHandshake(AtlasCredential credential, HandshakeNews news, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            using var late = new CancellationTokenSource(Patience, time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, late.Token);
            await ProveAsync(connection, limit.Token).ConfigureAwait(false);
            news.Clear();
        }
        catch (AtlasRefusedException refused)
        {
            news.Tell(refused.Message);
            throw;
        }

        await next(connection).ConfigureAwait(false);
    }

    private async Task ProveAsync(ConnectionContext connection, CancellationToken cancellation)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        var (mine, who) = (HandshakeFrames.Nonce(), HandshakeFrames.Who(credential.Role, credential.Name));
        byte[] hello = [.. HandshakeFrames.Mark, .. mine, .. HandshakeFrames.WithLength(who)];
        await output.WriteAsync(hello, cancellation).ConfigureAwait(false);
        Demand(await HandshakeFrames.TakeAsync(input, 1, cancellation).ConfigureAwait(false), connection);
        var theirs = await HandshakeFrames.TakeAsync(input, HandshakeFrames.NonceBytes, cancellation).ConfigureAwait(false);

        await output.WriteAsync(credential.Sign(HandshakeFrames.Said("client", mine, theirs, who)), cancellation).ConfigureAwait(false);
        Demand(await HandshakeFrames.TakeAsync(input, 1, cancellation).ConfigureAwait(false), connection);
        var proof = await HandshakeFrames.TakeAsync(input, HandshakeFrames.ProofBytes, cancellation).ConfigureAwait(false);
        if (!CryptographicOperations.FixedTimeEquals(proof, credential.Sign(HandshakeFrames.Said("silo", mine, theirs, who))))
        {
            throw new AtlasRefusedException($"What answers at {connection.RemoteEndPoint} is no silo of this cluster: it does not know the credential of the {credential}.");
        }
    }

    private void Demand(byte[] verdict, ConnectionContext connection)
    {
        var where = $"The silo at {connection.RemoteEndPoint}";
        switch ((HandshakeVerdict)verdict[0])
        {
            case HandshakeVerdict.GoOn:
                return;
            case HandshakeVerdict.NoSecret:
                throw new AtlasRefusedException(
                    $"{where} has no secret, so it cannot prove to the {credential} that it belongs to the cluster. Start it with Atlas:Secret, or connect without a credential.");
            case HandshakeVerdict.WrongDoor:
                throw new AtlasRefusedException($"{where} does not let in the {credential} at this port.");
            case HandshakeVerdict.WrongKey:
                throw new AtlasRefusedException(
                    $"{where} does not accept the credential of the {credential}: it was made with another secret. Make a new one with `atlas credential create`.");
            default:
                throw new AtlasRefusedException($"{where} answers the credential with something that is no handshake of Atlas.");
        }
    }
}
