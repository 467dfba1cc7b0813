using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook rollback KEY VERSION</c></summary>
internal sealed class PlaybookRollbackCommand : VersionChangeCommand
{
    public PlaybookRollbackCommand(CommandContext context)
        : base(
            context,
            "rollback",
            "Go back to an earlier version, as a new version with the same content.",
            PlaybookArgument.Version("VERSION", "The version to go back to; 0 is the empty playbook before the first version.")) =>
        Examples =
        [
            "atlas playbook rollback tau/airline 4 --reason \"version 5 learned from a broken run\"",
            "atlas playbook rollback tau/airline 4 --reason \"broken run\" --by ann --json",
        ];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, int version, Attribution by, CancellationToken cancellation) =>
        client.RollbackAsync(key, version, by, cancellation);

    protected override (string Done, string Already) Tell(string key, int version, KeyChange outcome) =>
        ($"{key} is back at version {version}; this is version {outcome.Version}.",
            $"{key} already has the content of version {version}; it stays at version {outcome.Version}.");
}
