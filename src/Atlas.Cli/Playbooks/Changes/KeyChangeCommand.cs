using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary>A change of where the whole playbook stands.</summary>
internal abstract class KeyChangeCommand(CommandContext context, string name, string description, bool reasonRequired)
    : ChangeCommand<KeyStanding>(context, name, description, reasonRequired)
{
    protected sealed override Task<KeyStanding> TargetAsync(PlaybookChange change, ParseResult arguments, CancellationToken cancellation) =>
        change.DemandKnownAsync(cancellation);
}
