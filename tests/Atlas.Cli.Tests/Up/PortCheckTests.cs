using System.Net;
using System.Net.Sockets;
using Atlas.Cli.Up;
using Xunit;

namespace Atlas.Cli.Tests.Up;

public sealed class PortCheckTests
{
    [Fact]
    public void A_port_that_is_reserved_is_not_said_to_be_in_use()
    {
        var said = PortCheck.Problem(80, "--http-port", SocketError.AccessDenied);

        Assert.Contains("You may not listen on port 80", said, StringComparison.Ordinal);
        Assert.DoesNotContain("in use", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_of_another_program_is_in_use()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.False(PortCheck.IsFree(port));
        Assert.Contains($"Port {port} is in use by another program.", PortCheck.Problem(port, "--http-port", SocketError.AddressAlreadyInUse), StringComparison.Ordinal);
    }
}
