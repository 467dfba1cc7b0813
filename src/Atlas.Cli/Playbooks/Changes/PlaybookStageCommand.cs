using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook stage KEY</c></summary>
internal sealed class PlaybookStageCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly ChangeOptions _options = new();

    public PlaybookStageCommand(CommandContext context)
        : base(context, "stage", "Make new versions of a playbook wait as candidates until one is promoted.")
    {
        Add(_key);
        _options.AddTo(this, reasonRequired: true);
        Examples = ["atlas playbook stage tau/airline --reason \"somebody reads them first\""];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var by = _options.Attribution(arguments, Context.Caller);
        var change = new PlaybookChange(Context, key, by);
        await change.DemandKnownAsync(cancellation);
        var outcome = await change.RunAsync(client => client.StageAsync(key, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"{key} is staged; {ServedWords.Of(outcome)} `atlas playbook promote {ShellWord.Of(key)}` makes the newest version current.",
            $"{key} was staged already; {ServedWords.Of(outcome)}");
        return ExitCode.Ok;
    }
}
