using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Up;

/// <summary>The options for the ports of a silo.</summary>
internal sealed class PortOptions
{
    private const int MostPort = 65535;

    private readonly Option<int?> _http = CommonOptions.Number(
        "--http-port", "Port of the HTTP API, the console, health and metrics.", 1, MostPort, SiloPorts.DefaultHttp);

    private readonly Option<int?> _silo = CommonOptions.Number(
        "--silo-port", "Port for other silos.", 1, MostPort, SiloPorts.DefaultSilo);

    private readonly Option<int?> _gateway = CommonOptions.Number(
        "--gateway-port", "Port for clients.", 1, MostPort, SiloPorts.DefaultGateway);

    public void AddTo(Command command)
    {
        command.Add(_http);
        command.Add(_silo);
        command.Add(_gateway);
    }

    public SiloPorts Read(ParseResult arguments) => new(
        arguments.GetRequiredValue(_http)!.Value,
        arguments.GetRequiredValue(_silo)!.Value,
        arguments.GetRequiredValue(_gateway)!.Value);
}
