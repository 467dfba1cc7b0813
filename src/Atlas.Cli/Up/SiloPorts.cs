using System.Globalization;
using System.Text.Json.Serialization;
using Atlas.Cli.Database;

namespace Atlas.Cli.Up;

/// <summary>The ports of a silo, all on the loopback address.</summary>
/// <param name="Http">Health, telemetry and the dashboard.</param>
/// <param name="Silo">Silo to silo.</param>
/// <param name="Gateway">Clients to silo.</param>
internal sealed record SiloPorts(int Http, int Silo, int Gateway)
{
    public const int DefaultHttp = 5080;
    public const int DefaultSilo = 11111;
    public const int DefaultGateway = 30000;

    private const string Loopback = "127.0.0.1";

    [JsonIgnore]
    public Uri HttpAddress => new(string.Create(CultureInfo.InvariantCulture, $"{ClusterTls.Scheme}://{Loopback}:{Http}"));

    [JsonIgnore]
    public string SiloAddress => string.Create(CultureInfo.InvariantCulture, $"{Loopback}:{Silo}");

    [JsonIgnore]
    public string GatewayAddress => string.Create(CultureInfo.InvariantCulture, $"{Loopback}:{Gateway}");
}
