using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook unstage KEY</c></summary>
internal sealed class PlaybookUnstageCommand : KeyChangeCommand
{
    public PlaybookUnstageCommand(CommandContext context)
        : base(context, "unstage", "Make new versions of a playbook current at once again, the newest there is with it.", reasonRequired: false) =>
        Examples = ["atlas playbook unstage tau/airline --reason \"it has proved itself\""];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, KeyStanding standing, Attribution by, CancellationToken cancellation) =>
        client.UnstageAsync(key, by, cancellation);

    protected override (string Done, string Already) Tell(string key, KeyStanding standing, KeyChange outcome) =>
        ($"{key} is not staged any more; {ServedWords.Of(outcome)}",
            $"{key} was not staged; {ServedWords.Of(outcome)}");
}
