using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;

namespace Atlas.Cli.Playbooks;

/// <summary><c>atlas playbook resolve KEY</c></summary>
internal sealed class PlaybookResolveCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Option<bool> _json = CommonOptions.Json();

    public PlaybookResolveCommand(CommandContext context)
        : base(context, "resolve", "Ask the cluster for the playbook that the next session will get.")
    {
        Add(_key);
        Add(_json);
        Examples = ["atlas playbook resolve tau/airline --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);

        // Asking the cluster for a key creates it there; a mistyped one should leave no trace.
        var isKnown = await new DatabaseAccess(Context).ReadAsync(
            async source => await source.Keys.IsKnownAsync(key, cancellation));
        if (!isKnown)
        {
            throw PlaybookArgument.Unknown(key);
        }

        await using var client = await new ClusterAccess(Context).ConnectAsync(cancellation);
        var playbook = await client.ResolveAsync(key, cancellation);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(playbook);
        }
        else
        {
            Show(playbook);
        }

        return ExitCode.Ok;
    }

    private void Show(ResolvedPlaybook playbook)
    {
        Context.Terminal.Say($"version {playbook.Version}, injected as {playbook.InjectionMode}"
            + (playbook.ApplyToPrompts ? "" : ", but kept out of prompts by learning.apply_to_prompts"));
        if (playbook.Student is null && playbook.Teacher is null)
        {
            Context.Terminal.Say("The playbook is still empty.");
        }

        foreach (var role in new[] { playbook.Student, playbook.Teacher }.OfType<RolePlaybook>())
        {
            Context.Terminal.Data(role.Block);
        }
    }
}
