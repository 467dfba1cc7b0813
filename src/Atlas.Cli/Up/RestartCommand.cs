using System.CommandLine;
using Atlas.Cli.Config;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Up;

/// <summary><c>atlas restart</c></summary>
internal sealed class RestartCommand : AtlasCommand
{
    private readonly Option<string?> _silo = CommonOptions.Text(
        "--silo", "NAME", "The silo to restart. Default: all silos.", "the name of a silo, as `atlas status` shows it");

    private readonly Option<string?> _config = CommonOptions.Text(
        "--config", "FILE", "The configuration to start the silos with. Default: the one each silo has.", "the name of a file");

    public RestartCommand(CommandContext context)
        : base(context, "restart", "Restart the silos one by one, while the cluster keeps serving.")
    {
        Add(_silo);
        Add(_config);
        Examples = ["atlas restart", "atlas restart --silo silo-2", "atlas restart --config atlas.yaml"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        using var http = SiloHttp.Create();
        var restart = new RollingRestart(Context, http)
        {
            ConfigurationFile = arguments.GetValue(_config) is { } file ? SiloConfiguration.Demand(file, Context.Terminal).File : null,
        };
        await restart.RunAsync(arguments.GetValue(_silo), cancellation);
        return ExitCode.Ok;
    }
}
