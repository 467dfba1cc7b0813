using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook promote KEY [VERSION]</c></summary>
internal sealed class PlaybookPromoteCommand : VersionChangeCommand
{
    public PlaybookPromoteCommand(CommandContext context)
        : base(
            context,
            "promote",
            "Make a version of a staged playbook the one that sessions get.",
            PlaybookArgument.Version("VERSION", "The version to make current; 0 is the empty playbook before the first version. Default: the newest.", isOptional: true)) =>
        Examples =
        [
            "atlas playbook promote tau/airline --reason \"read and approved\"",
            "atlas playbook promote tau/airline --reason \"what would it cost?\" --dry-run",
            "atlas playbook promote tau/airline 4 --reason \"5 says too much\" --by ann --json",
        ];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, int version, Attribution by, CancellationToken cancellation) =>
        client.PromoteAsync(key, version, by, cancellation);

    protected override (string Done, string Already) Tell(string key, int version, KeyChange outcome) =>
        ($"{key}: {ServedWords.Of(outcome)}",
            $"{key}: version {version} was already current.");
}
