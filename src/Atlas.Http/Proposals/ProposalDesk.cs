using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Keys;
using Atlas.Http.Problems;
using Atlas.Learning.Exchange;
using Atlas.Learning.Playbooks;
using Atlas.Storage.Learning;

namespace Atlas.Http.Proposals;

/// <summary>Stores proposed entries, and puts accepted ones into a version.</summary>
internal sealed class ProposalDesk(Backend backend, KeyDesk keys, EntryProposals proposals) : IDisposable
{
    private const int Attempts = 5;

    // A decision keeps a connection to the database while the key is changed, which needs others, and a silo may have only two.
    private readonly SemaphoreSlim _places = new(1);

    /// <summary>Stores entries as candidates.</summary>
    /// <exception cref="ProblemException">One of them is not an entry.</exception>
    public async Task<ImmutableArray<EntryProposal>> AddAsync(string stored, Caller caller, IEnumerable<JsonElement> entries, string? source)
    {
        var checkedEntries = Read(entries.DistinctBy(entry => entry.GetRawText(), StringComparer.Ordinal)).Select(entry => JsonSerializer.Serialize(entry, AtlasJson.Options)).ToArray();
        return Shown(await proposals.AddAsync(stored, checkedEntries, caller.Name, source, CancellationToken.None).ConfigureAwait(false), caller);
    }

    public async Task<ImmutableArray<EntryProposal>> ListAsync(
        string stored, Caller caller, string? status, long? after, int limit, CancellationToken cancellation) =>
        Shown(await proposals.ListAsync(stored, status, after, limit, cancellation).ConfigureAwait(false), caller);

    /// <summary>Accepts or declines pending proposals.</summary>
    public async Task<DecideProposalsAnswer> DecideAsync(
        string stored, Caller caller, DecideProposalsRequest request, HttpContext context)
    {
        var pending = await DecidePendingAsync(stored, caller, request, context).ConfigureAwait(false);
        var standing = await backend.Key(stored).Describe().ConfigureAwait(false);
        return new DecideProposalsAnswer(
            pending.Length,
            [.. request.Ids.Except(pending.Select(proposal => proposal.Id)).Order()],
            standing.NewestVersion,
            standing.Playbook.ApplyToPrompts ? standing.Playbook.Version : null);
    }

    public void Dispose() => _places.Dispose();

    private async Task<ImmutableArray<EntryProposal>> DecidePendingAsync(
        string stored, Caller caller, DecideProposalsRequest request, HttpContext context)
    {
        await _places.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        try
        {
            // Taken before the change, so that nobody declines an entry that is being put into a version.
            var taken = await proposals.TakeAsync(stored, request.Ids, context.RequestAborted).ConfigureAwait(false);
            await using var takenDisposal = taken.ConfigureAwait(false);
            if (request.Accept && !taken.Pending.IsEmpty)
            {
                await AcceptAsync(stored, caller, taken.Pending, request.Reason, context).ConfigureAwait(false);
            }

            // Marked after the change: if the silo dies in between, the proposals are accepted again, and their entries are already there. A
            // caller that hangs up in between stops nothing.
            await taken.DecideAsync(request.Accept ? "accepted" : "declined", caller.Name, CancellationToken.None).ConfigureAwait(false);
            return taken.Pending;
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task AcceptAsync(string stored, Caller caller, ImmutableArray<EntryProposal> accepted, string? reason, HttpContext context)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (version, playbook) = await NewestAsync(stored, context.RequestAborted).ConfigureAwait(false);
            var (grown, added) = ProposedEntries.AddTo(
                playbook, accepted.Select(proposal => proposal.Entry.Deserialize<PlaybookEntry>(AtlasJson.Options)!));
            if (added == 0)
            {
                return;
            }

            var by = new Attribution(caller.Name, reason ?? FormattableString.Invariant($"{added} proposed entries"))
            {
                OnlyAtVersion = version,
                OperationId = Operation.Of(context)?.Id,
            };
            try
            {
                await keys.ChangeAsync(stored, caller, null, by, (key, signed) => key.Import(grown, PlaybookCause.Edit, signed), context).ConfigureAwait(false);
                return;
            }
            catch (ProblemException moved) when (moved.Problem == Problem.PreconditionFailed && attempt < Attempts && context.Request.Headers.IfMatch.Count == 0)
            {
                // The key learned something in the meantime; the change is made on top of it.
            }
        }
    }

    private async Task<(int Version, LearnedPlaybook Playbook)> NewestAsync(string stored, CancellationToken cancellation)
    {
        var state = await backend.Playbooks.FindStateAsync(stored, cancellation).ConfigureAwait(false);
        return state?.State.Deserialize<Learning.Journal.LearningKeyState>(AtlasJson.Options) is { } known
            ? (known.Version, known.Playbook)
            : (0, LearnedPlaybook.Empty);
    }

    /// <summary>Reads entries with the reader of documents, which names every fault.</summary>
    private static ImmutableArray<PlaybookEntry> Read(IEnumerable<JsonElement> entries)
    {
        try
        {
            return PlaybookDocument.Import(JsonSerializer.Serialize(
                new { format = PlaybookDocument.Format, student = Array.Empty<string>(), teacher = (string[]?)null, entries }, AtlasJson.Options)).Entries;
        }
        catch (PlaybookFormatException wrong)
        {
            throw Problem.Refused.With(wrong.Message);
        }
    }

    private static ImmutableArray<EntryProposal> Shown(ImmutableArray<EntryProposal> found, Caller caller) =>
        [.. found.Select(proposal => proposal with { LearningKey = caller.Show(proposal.LearningKey) })];
}
