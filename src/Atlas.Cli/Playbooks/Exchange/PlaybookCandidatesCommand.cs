using System.CommandLine;
using System.Text.Json;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary><c>atlas playbook candidates KEY</c></summary>
internal sealed class PlaybookCandidatesCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Option<bool> _json = CommonOptions.Json();

    public PlaybookCandidatesCommand(CommandContext context)
        : base(context, "candidates", "List the entries that wait to be accepted into a playbook, imported from other tools or proposed by agents.")
    {
        Add(_key);
        Add(_json);
        Examples = ["atlas playbook candidates tau/airline"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var waiting = await WaitingCandidates.ListAsync(Context, key, cancellation);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(waiting);
        }
        else if (waiting.IsEmpty)
        {
            Context.Terminal.Say($"{key} has no candidates.");
        }
        else
        {
            Context.Terminal.Table(
                [new("id", IsNumber: true), new("from"), new("by"), new("proposed"), new("rule", Wraps: true)],
                waiting.Select(one => (IReadOnlyList<string>)
                [
                    Wording.Number(one.Id), one.Source ?? "-", one.ProposedBy, Wording.Time(one.ProposedAt),
                    EntryWords.Of(one.Entry.Deserialize<PlaybookEntry>(AtlasJson.Options)!),
                ]));
        }

        return ExitCode.Ok;
    }
}
