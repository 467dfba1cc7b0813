using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Storage.Connection;
using Atlas.Storage.Forgetting;
using Npgsql;

namespace Atlas.Queries;

/// <summary>Selects the sessions to forget.</summary>
public sealed record ForgettingSelection
{
    /// <summary>Only these sessions; empty for all.</summary>
    public ImmutableArray<long> Sessions { get; init; } = [];

    /// <summary>Only sessions whose records contain this text; null for all.</summary>
    public string? Subject { get; init; }

    public string? LearningKey { get; init; }

    public string? ExternalId { get; init; }

    public SessionStatus? Status { get; init; }

    public ReviewStatus? ReviewStatus { get; init; }

    /// <summary>Only sessions that began before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only sessions that began at this time or later.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Members of the metadata, as dotted paths, with the text of their values.</summary>
    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string? KeyPrefix { get; init; }

    public string? ExceptKeyPrefix { get; init; }
}

/// <summary>A session to forget.</summary>
/// <param name="Id">Its number.</param>
/// <param name="LearningKey">Its key; null if it has none.</param>
public sealed record ForgettableSession(long Id, string? LearningKey);

/// <summary>Finds what to forget. A text is searched for in every record, so the time depends on the size of the tables.</summary>
public sealed class ForgettingQueries(NpgsqlDataSource dataSource)
{
    private const string Scope = """
        ($3 IS NULL OR starts_with(k.learning_key, $3)) AND ($4 IS NULL OR k.learning_key IS NULL OR NOT starts_with(k.learning_key, $4))
        """;

    // What a synthesis wrote to a session is not a record of the session, and is removed separately.
    private const string Sessions = $"""
        SELECT s.id::bigint AS id, s.stored_learning_key AS learning_key FROM public.sessions s, LATERAL (SELECT s.stored_learning_key AS learning_key) k
         WHERE (cardinality($1) = 0 OR s.id = ANY ($1)) AND {Scope}
           AND ($5 IS NULL OR s.stored_learning_key = $5) AND ($6 IS NULL OR s.external_id = $6) AND ($7 IS NULL OR s.status = $7)
           AND ($8 IS NULL OR s.review_status = $8) AND ($9 IS NULL OR s.created_at < $9) AND ($10 IS NULL OR s.created_at >= $10)
           AND NOT EXISTS (SELECT 1 FROM unnest($11, $12) AS m (path, value) WHERE s.metadata #>> string_to_array(m.path, '.') IS DISTINCT FROM m.value)
           AND (cardinality($2) = 0
             OR orleans.holds(concat_ws(' ', s.task, s.final_answer, s.external_id, s.review_notes, s.reviewed_by, s.stored_learning_key), $2)
             OR orleans.says(CASE WHEN jsonb_typeof(s.metadata) = 'object' THEN s.metadata - 'learning_state' - 'learning_history' ELSE s.metadata END, $2)
             OR orleans.says(s.reward, $2) OR orleans.says(s.reward_audit, $2) OR orleans.says(s.digest, $2)
             OR EXISTS (SELECT 1 FROM public.trajectory_events e WHERE e.session_id = s.id AND orleans.says(e.event, $2))
             OR EXISTS (SELECT 1 FROM public.plans p WHERE p.session_id = s.id AND orleans.says(p.plan, $2))
             OR EXISTS (SELECT 1 FROM public.step_results r WHERE r.session_id = s.id
                  AND (orleans.holds(concat_ws(' ', r.trace, r.output), $2) OR orleans.says(r.evaluation, $2) OR orleans.says(r.metadata, $2)))
             OR EXISTS (SELECT 1 FROM public.step_attempts a WHERE a.session_id = s.id AND orleans.says(a.evaluation, $2))
             OR EXISTS (SELECT 1 FROM public.guidance_notes g WHERE g.session_id = s.id AND orleans.holds(g.note, $2))
             OR EXISTS (SELECT 1 FROM public.review_decisions d WHERE d.session_id = s.id AND orleans.holds(d.note, $2))
             OR EXISTS (SELECT 1 FROM public.session_judgings j WHERE j.session_id = s.id AND orleans.holds(j.reason, $2)))
         ORDER BY s.id LIMIT $13
        """;

    // A key can contain text that none of its sessions contains any more.
    private const string Keys = $"""
        SELECT DISTINCT k.learning_key FROM public.learning_journal k WHERE {Scope} AND orleans.says(k.event, $2) ORDER BY 1
        """;

    /// <summary>Returns the sessions, ordered by number.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="limit">The largest number of sessions.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<ForgettableSession>> FindAsync(ForgettingSelection selection, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        var command = Command(Sessions, selection);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(selection.LearningKey).Text(selection.ExternalId).Text(selection.Status?.ToWire()).Text(selection.ReviewStatus?.ToWire())
            .Time(selection.Before).Time(selection.After).Texts(selection.Metadata.Keys).Texts(selection.Metadata.Keys.Select(name => selection.Metadata[name]))
            .Int(limit);
        return await command.ListAsync(row => new ForgettableSession(row.Long("id"), row.Text("learning_key")), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the keys whose journal contains the text, whichever sessions are selected.</summary>
    public async Task<ImmutableArray<string>> KeysThatSayAsync(ForgettingSelection selection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(selection);
        var command = Command(Keys, selection);
        await using var commandDisposal = command.ConfigureAwait(false);
        return await command.ListAsync(row => row.RequiredText("learning_key"), cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlCommand Command(string sql, ForgettingSelection selection)
    {
        var command = dataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        command.Parameters.Longs(selection.Sessions).Texts(selection.Subject is null ? [] : SubjectPatterns.Of(selection.Subject))
            .Text(selection.KeyPrefix).Text(selection.ExceptKeyPrefix);
        return command;
    }
}
