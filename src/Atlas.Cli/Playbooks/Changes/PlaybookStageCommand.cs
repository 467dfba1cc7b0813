using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook stage KEY</c></summary>
internal sealed class PlaybookStageCommand : KeyChangeCommand
{
    public PlaybookStageCommand(CommandContext context)
        : base(context, "stage", "Keep new versions of a playbook out of prompts until one is promoted.", reasonRequired: true) =>
        Examples = ["atlas playbook stage tau/airline --reason \"somebody reads them first\""];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, KeyStanding standing, Attribution by, CancellationToken cancellation) =>
        client.StageAsync(key, by, cancellation);

    protected override (string Done, string Already) Tell(string key, KeyStanding standing, KeyChange outcome) =>
        ($"{key} is staged; {ServedWords.Of(outcome)} Make the newest version current with `atlas playbook promote {ShellWord.Of(key)}`.",
            $"{key} was already staged; {ServedWords.Of(outcome)}");
}
