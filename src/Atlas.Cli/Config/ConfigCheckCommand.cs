using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Configuration;

namespace Atlas.Cli.Config;

/// <summary><c>atlas config check FILE…</c></summary>
internal sealed class ConfigCheckCommand : AtlasCommand
{
    private readonly ConfigurationArguments _configuration = new(filesRequired: true);
    private readonly Option<bool> _json = CommonOptions.Json();

    public ConfigCheckCommand(CommandContext context)
        : base(context, "check", "Check a configuration, and report every problem with its file and line.")
    {
        _configuration.AddTo(this);
        Add(_json);
        Examples = ["atlas config check atlas.yaml", "atlas config check base.yaml agent.yaml --profile agent --json"];
    }

    protected override Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var request = _configuration.Read(arguments, otherwise: null);
        var check = ConfigurationLoader.Check(request);
        ProblemSheet.Write(check, Context.Terminal);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(ConfigurationReport.Of(request, check, withValues: false));
        }
        else if (check.IsValid)
        {
            Context.Terminal.Data($"{string.Join(" with ", request.Files)} is valid.");
        }

        return Task.FromResult(check.IsValid ? ExitCode.Ok : ExitCode.Failed);
    }
}
