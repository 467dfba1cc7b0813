using Atlas.Domain.Json;
using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Learning;

/// <summary>An entry that somebody proposes for a playbook. It is in no prompt before somebody accepts it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="LearningKey">The key.</param>
/// <param name="Entry">The entry, <c>playbook_entry.v1</c>.</param>
/// <param name="Status"><c>pending</c>, <c>accepted</c> or <c>declined</c>.</param>
/// <param name="ProposedBy">Who proposes it.</param>
/// <param name="Source">Where it comes from, say a file; null if nothing was said.</param>
/// <param name="ProposedAt">When.</param>
/// <param name="DecidedBy">Who accepted or declined it; null while nobody has.</param>
/// <param name="DecidedAt">When; null while nobody has.</param>
public sealed record EntryProposal(
    long Id, string LearningKey, JsonElement Entry, string Status, string ProposedBy, string? Source, DateTimeOffset ProposedAt, string? DecidedBy,
    DateTimeOffset? DecidedAt);

/// <summary>Keeps entries that wait for somebody to accept or decline them.</summary>
public sealed class EntryProposals(NpgsqlDataSource database)
{
    /// <summary>Stores proposals; one that says word for word what waits already is that one.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="entriesJson">Each an entry, a JSON object.</param>
    /// <param name="by">Who proposes them.</param>
    /// <param name="source">Where they come from; null if nothing was said.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
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

    /// <summary>Proposals for a key, the oldest first.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="status">Only of this status; null for all.</param>
    /// <param name="after">Only with a greater number: the last one of the page before. Null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
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

    /// <summary>Marks proposals that wait as accepted or declined.</summary>
    /// <returns>How many waited.</returns>
    public async Task<int> DecideAsync(
        string learningKey, IEnumerable<long> ids, string status, string by, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand("""
            UPDATE public.entry_proposals SET status = $3, decided_by = $4, decided_at = now()
             WHERE learning_key = $1 AND id = ANY ($2) AND status = 'pending'
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Longs(ids).Text(status).Text(StorableText.Plain(by));
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static EntryProposal Read(NpgsqlDataReader row) => new(
        row.Long("id"), row.RequiredText("learning_key"), row.Json("entry") ?? default, row.RequiredText("status"), row.RequiredText("proposed_by"),
        row.Text("source"), row.Time("proposed_at"), row.Text("decided_by"), row.TimeOrNull("decided_at"));
}
