using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook withdraw KEY ENTRY</c></summary>
internal sealed class PlaybookWithdrawCommand : EntryChangeCommand
{
    public PlaybookWithdrawCommand(CommandContext context)
        : base(context, "withdraw", "Keep an entry from every session from the next one on; its words do not come back.", reasonRequired: true) =>
        Examples = ["atlas playbook withdraw tau/airline check-first --reason \"against the policy of May\""];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, string entry, Attribution by, CancellationToken cancellation) =>
        client.WithdrawEntryAsync(key, entry, by, cancellation);

    protected override (string Done, string Already) Tell(string key, string entry, KeyChange outcome) =>
        ($"{entry} is withdrawn: no session is given it any more.",
            $"{entry} is withdrawn already.");
}
