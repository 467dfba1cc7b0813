using System.Globalization;
using System.Text;

namespace Atlas.Postgres;

/// <summary>The settings file of a private server, written before every start.</summary>
internal static class ServerSettings
{
    public static string Text(int port, IReadOnlyDictionary<string, string> others)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            // No socket file: its path is limited to 107 bytes, which a deep directory exceeds, and nothing here needs it.
            ["unix_socket_directories"] = "",
            ["password_encryption"] = "scram-sha-256",
            ["max_connections"] = "200",
            ["logging_collector"] = "off",
            ["log_line_prefix"] = "%m [%p] ",
            ["log_timezone"] = "UTC",
            ["timezone"] = "UTC",
        };
        foreach (var (name, value) in others)
        {
            settings[name] = value;
        }

        var text = new StringBuilder("# Written by Atlas at every start.\n");
        foreach (var (name, value) in settings)
        {
            text.Append(name).Append(" = '").Append(value.Replace("'", "''", StringComparison.Ordinal)).Append("'\n");
        }

        return text.ToString();
    }
}
