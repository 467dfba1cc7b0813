using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook unstage KEY</c></summary>
internal sealed class PlaybookUnstageCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly ChangeOptions _options = new();

    public PlaybookUnstageCommand(CommandContext context)
        : base(context, "unstage", "Make new versions of a playbook current at once again, the newest there is with it.")
    {
        Add(_key);
        _options.AddTo(this, reasonRequired: false);
        Examples = ["atlas playbook unstage tau/airline --reason \"it has proved itself\""];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var by = _options.Attribution(arguments, Context.Caller);
        var change = new PlaybookChange(Context, key, by);
        await change.DemandKnownAsync(cancellation);
        var outcome = await change.RunAsync(client => client.UnstageAsync(key, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"{key} is not staged any more; {ServedWords.Of(outcome)}",
            $"{key} was not staged; {ServedWords.Of(outcome)}");
        return ExitCode.Ok;
    }
}
