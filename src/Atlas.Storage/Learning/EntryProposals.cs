using Atlas.Domain.Json;
using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Learning;

/// <summary>An entry proposed for a playbook. It is in no prompt until somebody accepts it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="LearningKey">The key.</param>
/// <param name="Entry">The entry, <c>playbook_entry.v1</c>.</param>
/// <param name="Status"><c>pending</c>, <c>accepted</c> or <c>declined</c>.</param>
/// <param name="ProposedBy">Who proposed it.</param>
/// <param name="Source">Where it comes from, such as a file; null if unknown.</param>
/// <param name="ProposedAt">The time of the proposal.</param>
/// <param name="DecidedBy">Who accepted or declined it; null while it is pending.</param>
/// <param name="DecidedAt">The time of the decision; null while it is pending.</param>
public sealed record EntryProposal(
    long Id, string LearningKey, JsonElement Entry, string Status, string ProposedBy, string? Source, DateTimeOffset ProposedAt, string? DecidedBy,
    DateTimeOffset? DecidedAt);

/// <summary>Stores entries that wait for somebody to accept or decline them.</summary>
public sealed class EntryProposals(NpgsqlDataSource database)
{
    /// <summary>Stores proposals; one that repeats a pending one word for word returns the pending one.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="entriesJson">The entries, each a JSON object.</param>
    /// <param name="by">Who proposes them.</param>
    /// <param name="source">Where they come from; null if unknown.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    /// <returns>The proposals, in the order of the entries.</returns>
    public async Task<ImmutableArray<EntryProposal>> AddAsync(
        string learningKey, IReadOnlyCollection<string> entriesJson, string by, string? source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entriesJson);
        var command = database.CreateCommand("""
            WITH given AS (SELECT e.entry::jsonb AS entry, min(e.n) AS n FROM unnest($2) WITH ORDINALITY AS e (entry, n) GROUP BY e.entry::jsonb),
            fresh AS (
              INSERT INTO public.entry_proposals (learning_key, entry, proposed_by, source)
              SELECT $1, entry, $3, $4 FROM given ORDER BY n
              ON CONFLICT (learning_key, md5(entry::text)) WHERE status = 'pending' DO UPDATE SET status = 'pending'
              RETURNING *)
            SELECT fresh.* FROM fresh JOIN given ON given.entry = fresh.entry ORDER BY given.n
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Texts(entriesJson.Select(entry => JsonText.Object(entry, "The entry"))).Text(StorableText.Plain(by)).Text(StorableText.Plain(source));
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the proposals for a key, oldest first.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="status">Only proposals with this status; null for all.</param>
    /// <param name="after">Only proposals with a greater number: the last one of the previous page. Null for the first page.</param>
    /// <param name="limit">The largest number of proposals.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<EntryProposal>> ListAsync(
        string learningKey, string? status, long? after, int limit, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand("""
            SELECT * FROM public.entry_proposals
             WHERE learning_key = $1 AND ($2 IS NULL OR status = $2) AND ($3 IS NULL OR id > $3) ORDER BY id LIMIT $4
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Text(status).Long(after).Int(Math.Max(0, limit));
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes pending proposals to decide on them. Until the result is disposed of, nobody else can decide them: whoever tries
    /// waits, and then finds them decided or still pending.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="ids">The proposals.</param>
    /// <param name="cancellationToken">Cancels waiting for somebody else who is deciding.</param>
    public async Task<TakenProposals> TakeAsync(string learningKey, IEnumerable<long> ids, CancellationToken cancellationToken = default)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);

            // In one order, so that two who take the same ones do not wait for each other.
            var command = new NpgsqlCommand(
                "SELECT * FROM public.entry_proposals WHERE learning_key = $1 AND id = ANY ($2) AND status = 'pending' ORDER BY id FOR UPDATE", connection, transaction);
            await using var commandDisposal = command.ConfigureAwait(false);
            command.Parameters.Text(learningKey).Longs(ids);
            return new TakenProposals(connection, transaction, await command.ListAsync(Read, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static EntryProposal Read(NpgsqlDataReader row) => new(
        row.Long("id"), row.RequiredText("learning_key"), row.Json("entry") ?? default, row.RequiredText("status"), row.RequiredText("proposed_by"),
        row.Text("source"), row.Time("proposed_at"), row.Text("decided_by"), row.TimeOrNull("decided_at"));
}
