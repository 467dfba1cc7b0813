using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook try KEY ENTRY</c></summary>
internal sealed class PlaybookTryCommand : EntryChangeCommand
{
    public PlaybookTryCommand(CommandContext context)
        : base(context, "try", "Put an entry on trial: a candidate immediately, an entry that failed before from the start.", reasonRequired: false) =>
        Examples = ["atlas playbook try tau/airline playbook-entry-1f2e3d4c5b6a", "atlas playbook try tau/airline check-first --reason \"seen in three runs\" --by ann"];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, string entry, Attribution by, CancellationToken cancellation) =>
        client.TryEntryAsync(key, entry, by, cancellation);

    protected override (string Done, string Already) Tell(string key, string entry, KeyChange outcome) =>
        ($"{entry} is on trial. See what the trial finds with `atlas playbook show`.",
            $"{entry} is already on trial.");
}
