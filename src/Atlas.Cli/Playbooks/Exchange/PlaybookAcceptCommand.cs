using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks.Changes;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Exchange;
using Atlas.Queries.Keys;
using Atlas.Storage.Learning;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary><c>atlas playbook accept KEY [ID …]</c></summary>
internal sealed class PlaybookAcceptCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Argument<long[]> _ids = new("ID") { Description = "Candidates, as `atlas playbook candidates` numbers them.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _all = new("--all") { Description = "All candidates that wait." };
    private readonly Option<bool> _decline = new("--decline") { Description = "Decline them instead." };
    private readonly ChangeOptions _options = new();

    public PlaybookAcceptCommand(CommandContext context)
        : base(context, "accept", "Put candidates into a playbook, as a new version, or decline them.")
    {
        Add(_key);
        Add(_ids);
        Add(_all);
        Add(_decline);
        _options.AddTo(this, reasonRequired: true);
        Examples = ["atlas playbook accept tau/airline 3 4 --reason \"read and found good\"", "atlas playbook accept tau/airline --all --decline --reason \"not ours\""];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var by = _options.Attribution(arguments, Context.Caller);
        var chosen = await ChosenAsync(key, arguments.GetValue(_ids) ?? [], arguments.GetValue(_all), cancellation);
        var declines = arguments.GetValue(_decline);
        var change = new PlaybookChange(Context, key, by);
        var outcome = declines ? null : await AcceptAsync(change, key, chosen, by, cancellation);

        // Marked behind the change: what died between is accepted once more, and finds its entries there.
        await new DatabaseAccess(Context).ReadAsync(queries => queries.Proposals.DecideAsync(
            key, chosen.Select(one => one.Id), declines ? "declined" : "accepted", by.Author, cancellation));
        await using var audit = new CommandAudit(Context);
        await audit.NoteAsync(
            "DecideProposals", key, null, by.Author, 200, new { ids = chosen.Select(one => one.Id), accept = !declines, by.Reason });
        if (outcome is not null)
        {
            change.Report(
                outcome,
                _options.AsJson(arguments),
                $"{Wording.Count(chosen.Length, "candidate is", "candidates are")} in version {outcome.Version} of {key}.",
                $"{key} has these entries already; it stays at version {outcome.Version}.");
        }
        else if (_options.AsJson(arguments))
        {
            Context.Terminal.Json(chosen.Select(one => one with { Status = "declined", DecidedBy = by.Author }));
        }
        else
        {
            Context.Terminal.Data($"{Wording.Count(chosen.Length, "candidate is", "candidates are")} declined.");
        }

        return ExitCode.Ok;
    }

    private async Task<ImmutableArray<EntryProposal>> ChosenAsync(string key, long[] ids, bool all, CancellationToken cancellation)
    {
        if (ids.Length == 0 && !all)
        {
            throw new CommandFailedException(ExitCode.Usage, $"Say which: numbers of `atlas playbook candidates {ShellWord.Of(key)}`, or --all.");
        }

        var waiting = await WaitingCandidates.ListAsync(Context, key, cancellation);
        var missing = ids.Except(waiting.Select(one => one.Id)).ToArray();
        return missing.Length > 0
            ? throw new CommandFailedException(ExitCode.NotFound, $"No candidate {missing[0]} waits for {key}; `atlas playbook candidates {ShellWord.Of(key)}` lists those that do.")
            : all && waiting.IsEmpty
                ? throw new CommandFailedException(ExitCode.NotFound, $"No candidate waits for {key}.")
                : [.. waiting.Where(one => all || ids.Contains(one.Id))];
    }

    private async Task<KeyChange> AcceptAsync(
        PlaybookChange change, string key, ImmutableArray<EntryProposal> chosen, Attribution by, CancellationToken cancellation)
    {
        var now = await new DatabaseAccess(Context).ReadAsync(async queries =>
            await queries.Keys.VersionAsync(key, null, cancellation) ?? new PlaybookVersion(0, LearnedPlaybook.Empty));
        var entries = chosen.Select(one => one.Entry.Deserialize<PlaybookEntry>(AtlasJson.Options)!);
        var (grown, added) = ProposedEntries.AddTo(now.Playbook, entries);
        return added == 0
            ? new KeyChange(now.Number, Changed: false)
            : await change.RunAsync(client => client.EditAsync(key, grown, by with { OnlyAtVersion = now.Number }, cancellation), cancellation);
    }
}
