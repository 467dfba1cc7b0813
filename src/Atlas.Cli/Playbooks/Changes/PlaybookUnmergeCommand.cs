using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook unmerge KEY ENTRY</c></summary>
internal sealed class PlaybookUnmergeCommand : EntryChangeCommand
{
    public PlaybookUnmergeCommand(CommandContext context)
        : base(context, "unmerge", "Undo the merge of an entry into another. The two are not merged automatically again.", reasonRequired: false) =>
        Examples = ["atlas playbook unmerge tau/airline look-it-up --reason \"one is for refunds only\""];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, string entry, Attribution by, CancellationToken cancellation) =>
        client.UnmergeEntryAsync(key, entry, by, cancellation);

    protected override (string Done, string Already) Tell(string key, string entry, KeyChange outcome) =>
        ($"{entry} is back, in the state it had before the merge.",
            $"{entry} is not merged.");
}
