using System.Net;
using System.Net.Sockets;

namespace Atlas.Identity.Handshakes;

/// <summary>Asks a gateway whether it requires a credential, for clients without one: a silo only hangs up on them, which looks like a silo
/// that is gone.</summary>
public static class CredentialDemand
{
    internal const string Role = "question";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Whether the gateway requires a credential. Also false if that cannot be determined: the following connection will
    /// tell.</summary>
    public static async Task<bool> AskAsync(IPEndPoint gateway, TimeProvider time, CancellationToken cancellation = default)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            using var socket = new Socket(gateway.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(gateway, limit.Token).ConfigureAwait(false);
            byte[] question = [.. HandshakeFrames.Mark, .. HandshakeFrames.Nonce(), .. HandshakeFrames.WithLength(HandshakeFrames.Who(Role, Role))];
            await socket.SendAsync(question, limit.Token).ConfigureAwait(false);
            var answer = new byte[1];
            return await socket.ReceiveAsync(answer, limit.Token).ConfigureAwait(false) == 1 && (HandshakeVerdict)answer[0] is HandshakeVerdict.WrongDoor;
        }
        catch (Exception failure) when (failure is SocketException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
