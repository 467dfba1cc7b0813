using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Atlas.Benchmarks.Http;

/// <summary>Open connections to a server that always gets the same requests. The client only sends and counts bytes, so that the servers
/// are compared and not the client.</summary>
internal sealed class Connection : IAsyncDisposable
{
    private readonly Socket[] _sockets;
    private readonly byte[][] _buffers;
    private readonly string _path;
    private readonly Dictionary<string, (byte[] Request, int Length)> _known = new(StringComparer.Ordinal);

    private Connection(Socket[] sockets, string path)
    {
        _sockets = sockets;
        _buffers = [.. sockets.Select(_ => new byte[64 * 1024])];
        _path = path;
    }

    public static async Task<Connection> OpenAsync(int port, string path, int count)
    {
        var sockets = new Socket[count];
        for (var index = 0; index < count; index++)
        {
            sockets[index] = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await sockets[index].ConnectAsync(IPAddress.Loopback, port);
        }

        return new Connection(sockets, path);
    }

    /// <summary>Sends a request on a connection and reads its answer to the last byte.</summary>
    /// <param name="caller">The connection.</param>
    /// <param name="headers">Additional headers, each with its line break.</param>
    public async Task AskAsync(int caller, string headers)
    {
        (byte[] Request, int Length) known;
        bool isKnown;
        lock (_known)
        {
            isKnown = _known.TryGetValue(headers, out known);
        }

        if (!isKnown)
        {
            var request = Encoding.ASCII.GetBytes($"GET {_path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n");
            known = (request, await LengthAsync(caller, request));
            lock (_known)
            {
                // Every answer is as long as this one, because its date has a fixed length.
                _known[headers] = known;
            }

            return;
        }

        await _sockets[caller].SendAsync(known.Request);
        for (var left = known.Length; left > 0;)
        {
            var read = await _sockets[caller].ReceiveAsync(_buffers[caller]);
            left = read > 0 ? left - read : throw new IOException("The server closed the connection.");
        }
    }

    private async Task<int> LengthAsync(int caller, byte[] request)
    {
        await _sockets[caller].SendAsync(request);
        var whole = new StringBuilder();
        while (true)
        {
            var read = await _sockets[caller].ReceiveAsync(_buffers[caller]);
            whole.Append(Encoding.Latin1.GetString(_buffers[caller], 0, read));
            var text = whole.ToString();
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
            {
                continue;
            }

            const string Name = "Content-Length: ";
            var at = text.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
            var length = at < 0 || at > end ? 0 : int.Parse(text[(at + Name.Length)..text.IndexOf('\r', at)], CultureInfo.InvariantCulture);
            if (text.Length >= end + 4 + length)
            {
                return end + 4 + length;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
