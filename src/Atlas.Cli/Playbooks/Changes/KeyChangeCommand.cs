using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary>A command that changes the status of the whole playbook.</summary>
internal abstract class KeyChangeCommand(CommandContext context, string name, string description, bool reasonRequired, bool changesPrompts = false)
    : ChangeCommand<KeyStanding>(context, name, description, reasonRequired, changesPrompts: changesPrompts)
{
    protected sealed override Task<KeyStanding> TargetAsync(PlaybookChange change, ParseResult arguments, CancellationToken cancellation) =>
        change.DemandKnownAsync(cancellation);
}
