using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook merge KEY KEPT ENTRY</c></summary>
internal sealed class PlaybookMergeCommand : ChangeCommand<(string Kept, string Gone)>
{
    private readonly Argument<string> _kept;
    private readonly Argument<string> _gone = PlaybookArgument.Entry("ENTRY", "The entry to remove. `atlas playbook unmerge` brings it back.");

    public PlaybookMergeCommand(CommandContext context)
        : this(context, PlaybookArgument.Entry("KEPT", "The entry to keep, with its evidence."))
    {
    }

    private PlaybookMergeCommand(CommandContext context, Argument<string> kept)
        : base(context, "merge", "Merge two entries that say the same. One stays; no session gets the other until it is unmerged.", reasonRequired: false, kept)
    {
        _kept = kept;
        Add(_gone);
        Examples = ["atlas playbook merge tau/airline check-first look-it-up"];
    }

    protected override async Task<(string Kept, string Gone)> TargetAsync(PlaybookChange change, ParseResult arguments, CancellationToken cancellation)
    {
        await change.DemandKnownAsync(cancellation);
        return (arguments.GetRequiredValue(_kept), arguments.GetRequiredValue(_gone));
    }

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, (string Kept, string Gone) target, Attribution by, CancellationToken cancellation) =>
        client.MergeEntriesAsync(key, target.Kept, target.Gone, by, cancellation);

    protected override (string Done, string Already) Tell(string key, (string Kept, string Gone) target, KeyChange outcome) =>
        ($"{target.Gone} is merged into {target.Kept}. Undo that with `atlas playbook unmerge {ShellWord.Of(key)} {ShellWord.Of(target.Gone)}`.",
            $"{target.Gone} is already merged into {target.Kept}.");
}
