using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks.Versions;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook pin KEY VERSION</c></summary>
internal sealed class PlaybookPinCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Argument<int?> _version = PlaybookArgument.Version(
        "VERSION", "The version to keep to; 0 is the empty playbook before the first.");

    private readonly ChangeOptions _options = new();

    public PlaybookPinCommand(CommandContext context)
        : base(context, "pin", "Give sessions one version of a playbook until it is unpinned; newer ones are made meanwhile.")
    {
        Add(_key);
        Add(_version);
        _options.AddTo(this, reasonRequired: true);
        Examples = ["atlas playbook pin tau/airline 4 --reason \"the audit is about version 4\""];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var version = arguments.GetRequiredValue(_version)!.Value;
        var by = _options.Attribution(arguments, Context.Caller);
        await new DatabaseAccess(Context).ReadAsync(source => new VersionReader(source).ReadAsync(key, version, cancellation));
        var change = new PlaybookChange(Context, key, by);
        var outcome = await change.RunAsync(client => client.PinAsync(key, version, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"{key} is pinned to version {version}; `atlas playbook unpin {ShellWord.Of(key)}` lets it go.",
            $"{key} was pinned to version {version} already.");
        return ExitCode.Ok;
    }
}
