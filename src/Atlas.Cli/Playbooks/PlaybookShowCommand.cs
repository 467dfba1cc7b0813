using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Playbooks;

/// <summary><c>atlas playbook show KEY</c></summary>
internal sealed class PlaybookShowCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Option<bool> _json = CommonOptions.Json();

    public PlaybookShowCommand(CommandContext context)
        : base(context, "show", "Show what a learning key has learned.")
    {
        Add(_key);
        Add(_json);
        Examples = ["atlas playbook show tau/airline", "atlas playbook show tau/airline --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var playbook = await new DatabaseAccess(Context).ReadAsync(
            source => source.Keys.PlaybookAsync(key, Context.Clock.GetUtcNow(), cancellationToken: cancellation))
            ?? throw PlaybookArgument.Unknown(key);
        playbook = playbook with { PromptCaches = await new DatabaseAccess(Context).ReadAsync(source => source.Caches.SharesAsync(key, cancellation)) };
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(playbook);
        }
        else
        {
            PlaybookSheet.Write(playbook, Context.Terminal);
        }

        return ExitCode.Ok;
    }
}
