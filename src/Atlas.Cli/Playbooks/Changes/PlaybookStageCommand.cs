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
        : base(context, "stage", "Make new versions of a playbook wait as candidates until one is promoted.", reasonRequired: true) =>
        Examples = ["atlas playbook stage tau/airline --reason \"somebody reads them first\""];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, KeyStanding standing, Attribution by, CancellationToken cancellation) =>
        client.StageAsync(key, by, cancellation);

    protected override (string Done, string Already) Tell(string key, KeyStanding standing, KeyChange outcome) =>
        ($"{key} is staged; {ServedWords.Of(outcome)} `atlas playbook promote {ShellWord.Of(key)}` makes the newest version current.",
            $"{key} was staged already; {ServedWords.Of(outcome)}");
}
