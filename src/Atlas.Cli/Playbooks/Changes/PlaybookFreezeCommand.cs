using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook freeze KEY</c></summary>
internal sealed class PlaybookFreezeCommand : KeyChangeCommand
{
    public PlaybookFreezeCommand(CommandContext context)
        : base(context, "freeze", "Stop all changes to a playbook. Sessions are still counted, and wait.", reasonRequired: true) =>
        Examples = ["atlas playbook freeze tau/airline --reason \"release week\""];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, KeyStanding standing, Attribution by, CancellationToken cancellation) =>
        client.FreezeAsync(key, by, cancellation);

    protected override (string Done, string Already) Tell(string key, KeyStanding standing, KeyChange outcome) =>
        ($"{key} is frozen at version {outcome.Version}. Let it change again with `atlas playbook unfreeze {ShellWord.Of(key)}`.",
            $"{key} was already frozen, at version {outcome.Version}.");
}
