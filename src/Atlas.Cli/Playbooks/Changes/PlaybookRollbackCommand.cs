using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks.Versions;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook rollback KEY VERSION</c></summary>
internal sealed class PlaybookRollbackCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Argument<int?> _version = PlaybookArgument.Version(
        "VERSION", "The version to go back to; 0 is the empty playbook before the first.");

    private readonly ChangeOptions _options = new();

    public PlaybookRollbackCommand(CommandContext context)
        : base(context, "rollback", "Make what an earlier version said current again, as a new version.")
    {
        Add(_key);
        Add(_version);
        _options.AddTo(this, reasonRequired: true);
        Examples =
        [
            "atlas playbook rollback tau/airline 4 --reason \"version 5 learned from a broken run\"",
            "atlas playbook rollback tau/airline 4 --reason \"broken run\" --by ann --json",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var version = arguments.GetRequiredValue(_version)!.Value;
        var by = _options.Attribution(arguments, Context.Caller);
        await new DatabaseAccess(Context).ReadAsync(source => new VersionReader(source).ReadAsync(key, version, cancellation));
        var change = new PlaybookChange(Context, key, by);
        var outcome = await change.RunAsync(client => client.RollbackAsync(key, version, by, cancellation), cancellation);
        change.Report(
            outcome,
            _options.AsJson(arguments),
            $"{key} says what version {version} said; this is version {outcome.Version}.",
            $"{key} says what version {version} said already; it stays at version {outcome.Version}.");
        return ExitCode.Ok;
    }
}
