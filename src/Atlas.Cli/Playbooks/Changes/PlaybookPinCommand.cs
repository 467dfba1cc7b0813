using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Playbooks.Changes;

/// <summary><c>atlas playbook pin KEY VERSION</c></summary>
internal sealed class PlaybookPinCommand : VersionChangeCommand
{
    public PlaybookPinCommand(CommandContext context)
        : base(
            context,
            "pin",
            "Keep one version of a playbook in prompts while newer ones are made.",
            PlaybookArgument.Version("VERSION", "The version to keep; 0 is the empty playbook before the first version.")) =>
        Examples = ["atlas playbook pin tau/airline 4 --reason \"the audit is about version 4\""];

    protected override Task<KeyChange> ChangeAsync(
        IAtlasClient client, string key, int version, Attribution by, CancellationToken cancellation) =>
        client.PinAsync(key, version, by, cancellation);

    protected override (string Done, string Already) Tell(string key, int version, KeyChange outcome) =>
        ($"{key} is pinned to version {version}. Unpin it with `atlas playbook unpin {ShellWord.Of(key)}`.",
            $"{key} was already pinned to version {version}.");
}
