using System.CommandLine;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary>A command that changes one entry.</summary>
internal abstract class EntryChangeCommand : ChangeCommand<string>
{
    private readonly Argument<string> _entry;

    protected EntryChangeCommand(CommandContext context, string name, string description, bool reasonRequired)
        : this(context, name, description, reasonRequired, PlaybookArgument.Entry())
    {
    }

    private EntryChangeCommand(CommandContext context, string name, string description, bool reasonRequired, Argument<string> entry)
        : base(context, name, description, reasonRequired, entry) => _entry = entry;

    protected sealed override async Task<string> TargetAsync(PlaybookChange change, ParseResult arguments, CancellationToken cancellation)
    {
        await change.DemandKnownAsync(cancellation);
        return arguments.GetRequiredValue(_entry);
    }
}
