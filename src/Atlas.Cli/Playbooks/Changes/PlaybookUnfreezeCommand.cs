using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook unfreeze KEY</c></summary>
internal sealed class PlaybookUnfreezeCommand : KeyChangeCommand
{
    public PlaybookUnfreezeCommand(CommandContext context)
        : base(context, "unfreeze", "Unfreeze a playbook, so that it can change again. Sessions that were waiting teach now.", reasonRequired: false) =>
        Examples = ["atlas playbook unfreeze tau/airline"];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, KeyStanding standing, Attribution by, CancellationToken cancellation) =>
        client.UnfreezeAsync(key, by, cancellation);

    protected override (string Done, string Already) Tell(string key, KeyStanding standing, KeyChange outcome) =>
        ($"{key} is unfrozen, at version {outcome.Version}.",
            $"{key} was not frozen; it is at version {outcome.Version}.");
}
