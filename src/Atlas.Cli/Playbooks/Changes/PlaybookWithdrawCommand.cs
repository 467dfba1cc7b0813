using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook withdraw KEY ENTRY</c></summary>
internal sealed class PlaybookWithdrawCommand : EntryChangeCommand
{
    public PlaybookWithdrawCommand(CommandContext context)
        : base(context, "withdraw", "Keep an entry out of all future sessions. Its text is not learned again.", reasonRequired: true) =>
        Examples = ["atlas playbook withdraw tau/airline check-first --reason \"against the policy of May\""];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, string entry, Attribution by, CancellationToken cancellation) =>
        client.WithdrawEntryAsync(key, entry, by, cancellation);

    protected override (string Done, string Already) Tell(string key, string entry, KeyChange outcome) =>
        ($"{entry} is withdrawn: no session gets it from now on.",
            $"{entry} is already withdrawn.");
}
