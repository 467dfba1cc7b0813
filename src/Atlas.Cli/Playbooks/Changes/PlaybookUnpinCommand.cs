using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook unpin KEY</c></summary>
internal sealed class PlaybookUnpinCommand : KeyChangeCommand
{
    public PlaybookUnpinCommand(CommandContext context)
        : base(context, "unpin", "Unpin a playbook. The newest version is current again, unless the playbook is staged.", reasonRequired: false, changesPrompts: true) =>
        Examples = ["atlas playbook unpin tau/airline"];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, KeyStanding standing, Attribution by, CancellationToken cancellation) =>
        client.UnpinAsync(key, by, cancellation);

    protected override (string Done, string Already) Tell(string key, KeyStanding standing, KeyChange outcome) =>
        ($"{key} is no longer pinned; {ServedWords.Of(outcome)}",
            $"{key} was not pinned; {ServedWords.Of(outcome)}");
}
