using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Configuration;

namespace Atlas.Cli.Config;

/// <summary><c>atlas config show [FILE…]</c></summary>
internal sealed class ConfigShowCommand : AtlasCommand
{
    private readonly ConfigurationArguments _configuration = new(filesRequired: false);
    private readonly Option<bool> _json = CommonOptions.Json();

    public ConfigShowCommand(CommandContext context)
        : base(context, "show", "Show every value in effect and where it comes from. Secrets are masked.")
    {
        _configuration.AddTo(this);
        Add(_json);
        Examples = ["atlas config show", "atlas config show atlas.yaml --json"];
    }

    protected override Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var request = _configuration.Read(arguments, Context.Caller.ConfigurationFile);
        var check = ConfigurationLoader.Check(request);
        ProblemSheet.Write(check, Context.Terminal);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(ConfigurationReport.Of(request, check, withValues: true));
        }
        else
        {
            foreach (var value in check.Values)
            {
                Context.Terminal.Data(value.ToString());
            }
        }

        return Task.FromResult(check.IsValid ? ExitCode.Ok : ExitCode.Failed);
    }
}
