using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Atlas.Database;

/// <summary>The hosts of an address, one or several, with their ports.</summary>
internal static class DatabaseHosts
{
    /// <exception cref="DatabaseAddressException">The text does not contain valid hosts.</exception>
    public static void Set(NpgsqlConnectionStringBuilder builder, string text)
    {
        var hosts = text.Split(',').Select(Read).ToList();
        if (hosts is [var (host, port)])
        {
            builder.Host = host;
            if (port is { } number)
            {
                builder.Port = number;
            }

            return;
        }

        builder.Host = string.Join(',', hosts.Select(each => Text(each.Host, each.Port ?? NpgsqlConnection.DefaultPort)));
    }

    /// <summary>Sets the ports that libpq accepts in addition to several hosts, one for each.</summary>
    /// <exception cref="DatabaseAddressException">The text does not contain valid ports.</exception>
    public static void SetPorts(NpgsqlConnectionStringBuilder builder, string text)
    {
        var ports = text.Split(',').Select(Port).ToList();
        var hosts = (builder.Host ?? "").Split(',');
        if (ports is [var only])
        {
            builder.Port = only;
            return;
        }

        if (ports.Count != hosts.Length)
        {
            throw new DatabaseAddressException($"The database address has {hosts.Length} hosts and {ports.Count} ports. Give one port for each host.");
        }

        builder.Host = string.Join(',', hosts.Zip(ports, Text));
    }

    /// <summary>Formats the hosts for an address, with the port of each.</summary>
    public static string Write(NpgsqlConnectionStringBuilder builder) => string.Join(',', builder.Host!.Split(',').Select(host =>
        IsComplete(host) ? host : Text(host, builder.Port)));

    private static bool IsComplete(string host) =>
        host.LastIndexOf(':') is > 0 and var colon && !host[..colon].Contains(':') || host.StartsWith('[') && !host.EndsWith(']');

    private static string Text(string host, int port) => string.Create(CultureInfo.InvariantCulture,
        $"{(host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host.StartsWith('/') || host.StartsWith('[') ? host : DatabaseUri.Encode(host))}:{port}");

    private static (string Host, int? Port) Read(string text)
    {
        var end = text.StartsWith('[') ? text.IndexOf(']') : -1;
        if (end > 0)
        {
            var address = DatabaseUri.Decode(text[1..end]);
            return IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily is AddressFamily.InterNetworkV6 && text[(end + 1)..] is "" or [':', ..]
                ? (address, text.Length > end + 2 ? Port(text[(end + 2)..]) : null)
                : throw Wrong();
        }

        var colon = text.IndexOf(':');
        var host = DatabaseUri.Decode(colon < 0 ? text : text[..colon]);
        return host.StartsWith('/') || (host.Length > 0 && host.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_'))
            ? (host, colon < 0 || colon == text.Length - 1 ? null : Port(text[(colon + 1)..]))
            : throw Wrong();
    }

    private static int Port(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536
        ? port
        : throw new DatabaseAddressException(
            $"The database address is not a valid URI: the port must be a number from 1 to 65535. {DatabaseAddress.Shape} {Encoding}");

    private static DatabaseAddressException Wrong() =>
        new($"The database address is not a valid URI: its host is not valid. {DatabaseAddress.Shape} {Encoding}");

    internal const string Encoding = "Percent-encode the characters @ : / ? # % in the user and password, as %40 %3A %2F %3F %23 %25.";
}
