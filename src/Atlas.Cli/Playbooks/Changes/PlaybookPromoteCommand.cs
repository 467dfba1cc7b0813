using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks.Versions;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook promote KEY [VERSION]</c></summary>
internal sealed class PlaybookPromoteCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Argument<int?> _version = PlaybookArgument.Version(
        "VERSION", "The version to make current; 0 is the empty playbook before the first. Default: the newest.", isOptional: true);

    private readonly ChangeOptions _options = new();

    public PlaybookPromoteCommand(CommandContext context)
        : base(context, "promote", "Make a candidate of a staged playbook the version that sessions are given.")
    {
        Add(_key);
        Add(_version);
        _options.AddTo(this, reasonRequired: true);
        Examples =
        [
            "atlas playbook promote tau/airline --reason \"read and approved\"",
            "atlas playbook promote tau/airline 4 --reason \"5 says too much\" --by ann --json",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var by = _options.Attribution(arguments, Context.Caller);

        // The version that the caller can see now, not one that is learned while this runs.
        var version = (await new DatabaseAccess(Context).ReadAsync(
            source => new VersionReader(source).ReadAsync(key, arguments.GetValue(_version), cancellation))).Number;
        var change = new PlaybookChange(Context, key, by);
        var outcome = await change.RunAsync(client => client.PromoteAsync(key, version, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"{key}: {ServedWords.Of(outcome)}",
            $"{key}: version {version} was current already.");
        return ExitCode.Ok;
    }
}
