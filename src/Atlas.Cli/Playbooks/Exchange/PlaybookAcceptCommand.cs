using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks.Changes;
using Atlas.Cli.Sessions;
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
    private readonly Argument<long[]> _ids = new("ID")
    {
        Description = "The numbers of candidates, as `atlas playbook candidates` shows them.",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = result => SessionArgument.ReadNumbers(result, "candidate"),
    };

    private readonly Option<bool> _all = new("--all") { Description = "Accept all waiting candidates." };
    private readonly Option<bool> _decline = new("--decline") { Description = "Decline the candidates instead of accepting them." };
    private readonly ChangeOptions _options = new();

    public PlaybookAcceptCommand(CommandContext context)
        : base(context, "accept", "Accept candidates into a playbook, as a new version, or decline them.")
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
        KeyChange? outcome = null;
        var asked = chosen;
        chosen = await new DatabaseAccess(Context).ReadAsync(async queries =>
        {
            // Taken before the change, so that nobody declines an entry that is being put into a version.
            await using var taken = await queries.Proposals.TakeAsync(key, asked.Select(one => one.Id), cancellation);
            if (taken.Pending.IsEmpty)
            {
                throw new CommandFailedException(ExitCode.Refused, "Somebody else has decided on these candidates in the meantime.");
            }

            outcome = declines ? null : await AcceptAsync(change, key, taken.Pending, by, cancellation);

            // Marked after the change: if the command dies in between, the proposals are accepted again, and their entries are already there.
            await taken.DecideAsync(declines ? "declined" : "accepted", by.Author, CancellationToken.None);
            return taken.Pending;
        });
        foreach (var missed in asked.Select(one => one.Id).Except(chosen.Select(one => one.Id)))
        {
            Context.Terminal.Say($"Somebody else has decided on candidate {missed} in the meantime.");
        }

        await using var audit = new CommandAudit(Context);
        await audit.NoteAsync(
            "DecideProposals", key, null, by.Author, 200, new { ids = chosen.Select(one => one.Id), accept = !declines, by.Reason });
        if (outcome is not null)
        {
            change.Report(
                outcome,
                _options.AsJson(arguments),
                $"{Wording.Count(chosen.Length, "candidate is", "candidates are")} in version {outcome.Version} of {key}.",
                $"{key} already has these entries; it stays at version {outcome.Version}.");
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
            throw new CommandFailedException(ExitCode.Usage, $"Name the candidates by the numbers that `atlas playbook candidates {ShellWord.Of(key)}` shows, or give --all.");
        }

        var waiting = await WaitingCandidates.ListAsync(Context, key, cancellation);
        var missing = ids.Except(waiting.Select(one => one.Id)).ToArray();
        return missing.Length > 0
            ? throw new CommandFailedException(ExitCode.NotFound, $"{key} has no candidate {missing[0]}. List its candidates with `atlas playbook candidates {ShellWord.Of(key)}`.")
            : all && waiting.IsEmpty
                ? throw new CommandFailedException(ExitCode.NotFound, $"{key} has no candidates.")
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
