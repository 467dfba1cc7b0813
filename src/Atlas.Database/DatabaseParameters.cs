using System.Globalization;
using Npgsql;

namespace Atlas.Database;

/// <summary>The part of an address after the question mark: libpq's parameters, and Npgsql's with their own names.</summary>
internal static class DatabaseParameters
{
    // The names of libpq for which Npgsql has others.
    private static readonly Dictionary<string, string> Libpq = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["sslnegotiation"] = "SSL Negotiation",
        ["channel_binding"] = "Channel Binding",
        ["gssencmode"] = "GSS Encryption Mode",
        ["krbsrvname"] = "Kerberos Service Name",
        ["require_auth"] = "Require Auth",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["client_encoding"] = "Client Encoding",
        ["target_session_attrs"] = "Target Session Attributes",
        ["load_balance_hosts"] = "Load Balance Hosts",
        ["passfile"] = "Passfile",
        ["options"] = "Options",
        ["keepalives"] = "TCP Keepalive",
        ["keepalives_idle"] = "TCP Keepalive Time",
        ["keepalives_interval"] = "TCP Keepalive Interval",
        ["user"] = "Username",
        ["dbname"] = "Database",
    };

    private static readonly HashSet<string> InThePlace = new(StringComparer.OrdinalIgnoreCase) { "Host", "Port", "Username", "Password", "Database" };

    /// <exception cref="DatabaseAddressException">A parameter is not valid. Its value is never repeated.</exception>
    public static void Set(NpgsqlConnectionStringBuilder builder, string query)
    {
        var ports = "";
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (parts.Length < 2)
            {
                throw new DatabaseAddressException(
                    $"The part of the database address after the question mark must consist of parameter=value pairs. {DatabaseAddress.Shape} {DatabaseHosts.Encoding}");
            }

            var (name, value) = (DatabaseUri.Decode(parts[0]), DatabaseUri.Decode(parts[1]));
            switch (name.ToUpperInvariant())
            {
                // Set after the hosts, wherever it occurs.
                case "PORT":
                    ports = value;
                    break;
                case "HOST":
                    builder.Host = value;
                    break;
                default:
                    Set(builder, name, value, hidesName: query.Contains("pass", StringComparison.OrdinalIgnoreCase));
                    break;
            }
        }

        if (ports.Length > 0)
        {
            DatabaseHosts.SetPorts(builder, ports);
        }
    }

    /// <summary>Returns the parameters for the part after the question mark, encoded.</summary>
    public static IReadOnlyList<string> Write(NpgsqlConnectionStringBuilder builder, bool withSecrets, bool forOthers) =>
    [
        .. from keyword in builder.Keys.Cast<string>()
           where !InThePlace.Contains(keyword) && builder.ShouldSerialize(keyword)
           where withSecrets || !keyword.Contains("pass", StringComparison.OrdinalIgnoreCase)
           let libpq = Libpq.FirstOrDefault(pair => string.Equals(pair.Value, keyword, StringComparison.OrdinalIgnoreCase)).Key
           where libpq is not null || !forOthers
           select $"{DatabaseUri.Encode(libpq ?? keyword)}={DatabaseUri.Encode(ToLibpq(libpq, builder[keyword]))}",
    ];

    private static void Set(NpgsqlConnectionStringBuilder builder, string name, string value, bool hidesName)
    {
        var keyword = Libpq.GetValueOrDefault(name, name);
        try
        {
            builder[keyword] = FromLibpq(keyword, value);
        }
        catch (Exception wrong) when (wrong is ArgumentException or KeyNotFoundException or FormatException or OverflowException or InvalidCastException)
        {
            // This text could be the end of a password that was not encoded.
            var which = hidesName || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or ' ' or '-')
                ? "a parameter that is unknown or has an invalid value"
                : builder.ContainsKeySafely(keyword)
                    ? $"the parameter '{name}' with an invalid value"
                    : $"the unknown parameter '{name}'";
            throw new DatabaseAddressException($"The database address has {which}. Remove or correct it; the documentation of Npgsql lists the connection string parameters.");
        }
    }

    private static bool ContainsKeySafely(this NpgsqlConnectionStringBuilder builder, string keyword)
    {
        try
        {
            return builder.ContainsKey(keyword);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string FromLibpq(string keyword, string value) => keyword switch
    {
        "SSL Mode" => value.Replace("-", "", StringComparison.Ordinal),
        "Load Balance Hosts" when value is "random" or "disable" => value is "random" ? "true" : "false",
        "TCP Keepalive" when value is "0" or "1" => value is "1" ? "true" : "false",
        _ => value,
    };

    private static string ToLibpq(string? name, object value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return name switch
        {
            "sslmode" => text.ToUpperInvariant() switch
            {
                "VERIFYCA" => "verify-ca",
                "VERIFYFULL" => "verify-full",
                _ => text.ToLowerInvariant(),
            },
            "load_balance_hosts" => text.Equals("true", StringComparison.OrdinalIgnoreCase) ? "random" : "disable",
            "keepalives" => text.Equals("true", StringComparison.OrdinalIgnoreCase) ? "1" : "0",
            "channel_binding" or "sslnegotiation" or "gssencmode" or "target_session_attrs" => text.ToLowerInvariant(),
            _ => text,
        };
    }
}
