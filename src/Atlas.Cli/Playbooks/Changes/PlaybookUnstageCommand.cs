using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook unstage KEY</c></summary>
internal sealed class PlaybookUnstageCommand : KeyChangeCommand
{
    public PlaybookUnstageCommand(CommandContext context)
        : base(context, "unstage", "Stop staging a playbook. Its newest version, and each new one, reaches prompts again.", reasonRequired: false, changesPrompts: true) =>
        Examples = ["atlas playbook unstage tau/airline --reason \"it has proved itself\""];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, KeyStanding standing, Attribution by, CancellationToken cancellation) =>
        client.UnstageAsync(key, by, cancellation);

    protected override (string Done, string Already) Tell(string key, KeyStanding standing, KeyChange outcome) =>
        ($"{key} is no longer staged; {ServedWords.Of(outcome)}",
            $"{key} was not staged; {ServedWords.Of(outcome)}");
}
