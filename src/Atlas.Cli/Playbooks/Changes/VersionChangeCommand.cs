using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary>A command that changes something about one version.</summary>
internal abstract class VersionChangeCommand(
    CommandContext context, string name, string description, Argument<int?> version)
    : ChangeCommand<int>(context, name, description, reasonRequired: true, version, changesPrompts: true)
{
    // If none is named, it is the newest version that the caller can see now, not one that is learned while this runs.
    protected sealed override Task<int> TargetAsync(PlaybookChange change, ParseResult arguments, CancellationToken cancellation) =>
        change.DemandVersionAsync(arguments.GetValue(version), cancellation);
}
