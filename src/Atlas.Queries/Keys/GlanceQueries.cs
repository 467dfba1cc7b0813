using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Journal;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries.Keys;

/// <summary>The most important facts about a learning key.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="State">Its committed state, without the content of its playbook.</param>
/// <param name="ChangedAt">When it last changed.</param>
/// <param name="Today">Sessions that began today, at most <see cref="GlanceQueries.MostCounted"/>.</param>
public sealed record KeyGlance(string LearningKey, LearningKeyState State, DateTimeOffset ChangedAt, long Today);

/// <summary>Reads the overview of all keys. The cost does not grow with the sessions of a key.</summary>
public sealed class GlanceQueries(NpgsqlDataSource source)
{
    /// <summary>How many of the most recently changed keys are checked for needing a person.</summary>
    public const int MostWatched = 1000;

    /// <summary>So many sessions of today are counted. With a multiple of it PostgreSQL may expect so much that it compiles the query, which takes a tenth of a second.</summary>
    public const int MostCounted = 1000;

    private const string Mine = "($1 IS NULL OR starts_with(key_text, $1)) AND ($2 IS NULL OR NOT starts_with(key_text, $2))";

    // Which keys is decided on the small rows that say when each changed. OFFSET 0 has the states of these fetched by their keys, and no other read.
    private const string TheirStates = """
        CROSS JOIN LATERAL (SELECT g.payload, g.modified_at FROM orleans.grain_state g
                             WHERE g.service_id = c.service_id AND g.grain_type = 'learning-key' AND g.key_text = c.key_text AND g.payload IS NOT NULL OFFSET 0) g
        """;

    /// <summary>Returns keys, most recently changed first.</summary>
    /// <param name="prefix">Only keys with this prefix; null for all.</param>
    /// <param name="exceptPrefix">Leaves out keys with this prefix; null leaves none out.</param>
    /// <param name="contains">Only keys with this text in their name, ignoring case; null for all.</param>
    /// <param name="offset">How many keys to skip.</param>
    /// <param name="limit">The largest number of keys.</param>
    /// <param name="today">The beginning of the day.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<KeyGlance>> ListAsync(
        string? prefix, string? exceptPrefix, string? contains, int offset, int limit, DateTimeOffset today, CancellationToken cancellationToken = default)
    {
        // The sessions of today are bounded on both sides by the key, and ordered by it: otherwise those of all keys may be counted through for each.
        var command = source.CreateCommand($"""
            SELECT orleans.learning_key_of(payload, key_text) AS learning_key, (payload -> 'state') - 'playbook' AS state, modified_at,
                   (SELECT count(*) FROM (
                      SELECT 1 FROM public.sessions s WHERE (s.stored_learning_key, s.created_at) >= (k.key_text, $6) AND s.stored_learning_key <= k.key_text
                       ORDER BY s.stored_learning_key, s.created_at LIMIT {MostCounted}) t) AS today
              FROM (SELECT c.key_text, g.payload, g.modified_at
                      FROM (SELECT service_id, key_text FROM orleans.key_change
                             WHERE {Mine} AND ($3 IS NULL OR strpos(lower(key_text), lower($3)) > 0)
                             ORDER BY changed_at DESC, key_text OFFSET $4 LIMIT $5) c
                     {TheirStates} OFFSET 0) k
             ORDER BY modified_at DESC, key_text
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(prefix).Text(exceptPrefix).Text(contains).Int(offset).Int(limit).Time(today);
        return await command.ListAsync(
            row => new KeyGlance(
                row.RequiredText("learning_key"),
                row.Json("state")?.Deserialize<LearningKeyState>(AtlasJson.Options) ?? LearningKeyState.Empty,
                row.Time("modified_at"),
                row.Long("today")),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns keys that need a person now.</summary>
    /// <param name="prefix">Only keys with this prefix; null for all.</param>
    /// <param name="exceptPrefix">Leaves out keys with this prefix; null leaves none out.</param>
    /// <param name="now">The time.</param>
    /// <param name="limit">The largest number of keys.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<KeyNeed>> NeedsAsync(
        string? prefix, string? exceptPrefix, DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var needs = new SortedDictionary<string, KeyNeed>(StringComparer.Ordinal);
        foreach (var need in await OfStatesAsync(prefix, exceptPrefix, now, cancellationToken).ConfigureAwait(false))
        {
            needs[need.LearningKey] = need;
        }

        foreach (var (key, waiting, drifting) in await WaitingAsync(prefix, exceptPrefix, limit, cancellationToken).ConfigureAwait(false))
        {
            needs[key] = (needs.GetValueOrDefault(key) ?? KeyNeed.None(key)) with { Waiting = waiting, Drifting = drifting };
        }

        // Sessions to review are what most keys have; they must not hide what only a few have.
        return
        [
            .. needs.Values.OrderByDescending(need => need.Alarm).ThenByDescending(need => need.Drifting).ThenByDescending(need => need.HasOwn)
                .ThenByDescending(need => need.Waiting).Take(limit),
        ];
    }

    /// <summary>Returns learning keys whose rewards have declined, most recently changed first.</summary>
    /// <param name="limit">The largest number of keys.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<string>> AlarmsAsync(int limit, CancellationToken cancellationToken = default)
    {
        var command = source.CreateCommand("""
            SELECT orleans.learning_key_of(payload, key_text) AS learning_key FROM orleans.grain_state
             WHERE grain_type = 'learning-key' AND payload #>> '{state,trials,evidence,watch,is_raised}' = 'true' ORDER BY modified_at DESC LIMIT $1
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Int(limit);
        return await command.ListAsync(row => row.RequiredText("learning_key"), cancellationToken).ConfigureAwait(false);
    }

    private async Task<ImmutableArray<KeyNeed>> OfStatesAsync(string? prefix, string? exceptPrefix, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A state is opened once, and only after the newest have been chosen.
        var command = source.CreateCommand($$$"""
            SELECT * FROM (
              SELECT key_text AS learning_key,
                     evidence #>> '{watch,is_raised}' = 'true' AS alarm,
                     CASE WHEN jsonb_path_exists(evidence, '$.entries[*] ? (@.state == "suspect")') THEN state END AS suspected,
                     coalesce((state #>> '{last_synthesis,consecutive_failures}')::integer, 0) AS failed,
                     CASE WHEN (state #>> '{budget,limit}')::integer > 0 AND (state #>> '{budget,used}')::integer >= (state #>> '{budget,limit}')::integer
                           AND (state #>> '{budget,since}')::timestamptz <= $3 + interval '1 minute'
                          THEN (state #>> '{budget,since}')::timestamptz + interval '1 hour' END AS until,
                     CASE WHEN evidence #>> '{experiment,status}' = 'decided' THEN (evidence #>> '{experiment,number}')::integer END AS experiment
                FROM (SELECT c.key_text, g.payload
                        FROM (SELECT service_id, key_text FROM orleans.key_change WHERE {{{Mine}}} ORDER BY changed_at DESC LIMIT {{{MostWatched}}}) c
                       {{{TheirStates}}} OFFSET 0) k
               CROSS JOIN LATERAL (SELECT state, state #> '{trials,evidence}' AS evidence FROM (SELECT payload -> 'state' AS state OFFSET 0) o OFFSET 0) s
              OFFSET 0) n
             WHERE alarm OR suspected IS NOT NULL OR failed > 0 OR until > $3 OR experiment IS NOT NULL
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(prefix).Text(exceptPrefix).Time(now);
        var found = await command.ListAsync(
            row => (
                Need: new KeyNeed(
                    row.RequiredText("learning_key"), 0, 0, row.FlagOrNull("alarm") ?? false, 0, row.Int("failed") ?? 0,
                    row.TimeOrNull("until") is { } until && until > now ? until : null, row.Int("experiment")),
                Suspected: row.Json("suspected")?.Deserialize<LearningKeyState>(AtlasJson.Options)),
            cancellationToken).ConfigureAwait(false);
        var suspected = found.Where(one => one.Suspected is not null).Select(one => (one.Need.LearningKey, one.Suspected!)).ToList();
        var counts = await new SuspectQueries(source).CountAsync(suspected, cancellationToken).ConfigureAwait(false);
        var needs = found.Where(one => one.Suspected is null).Select(one => one.Need)
            .Concat(found.Where(one => one.Suspected is not null).Zip(counts, (one, count) => one.Need with { Suspects = count }));
        return [.. needs.Where(need => need.Alarm || need.HasOwn)];
    }

    private async Task<ImmutableArray<(string Key, long Waiting, long Drifting)>> WaitingAsync(
        string? prefix, string? exceptPrefix, int limit, CancellationToken cancellationToken)
    {
        var command = source.CreateCommand("""
            WITH waiting AS (
              SELECT stored_learning_key AS key, count(*) AS waiting FROM public.sessions
               WHERE review_status = 'pending' AND status <> 'running' AND stored_learning_key IS NOT NULL
                 AND ($1 IS NULL OR starts_with(stored_learning_key, $1)) AND ($2 IS NULL OR NOT starts_with(stored_learning_key, $2))
               GROUP BY 1),
            drifting AS (
              SELECT stored_learning_key AS key, count(*) AS drifting FROM public.sessions
               WHERE metadata @> '{"drift": {"alert": true}}' AND review_status = 'pending' AND status <> 'running' GROUP BY 1),
            counted AS (SELECT w.key, w.waiting, coalesce(d.drifting, 0) AS drifting FROM waiting w LEFT JOIN drifting d ON d.key = w.key)
            (SELECT * FROM counted WHERE drifting > 0 ORDER BY drifting DESC, waiting DESC, key LIMIT $3)
            UNION
            (SELECT * FROM counted ORDER BY waiting DESC, key LIMIT $3)
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(prefix).Text(exceptPrefix).Int(limit);
        return await command.ListAsync(
            row => (row.RequiredText("key"), row.Long("waiting"), row.Long("drifting")), cancellationToken).ConfigureAwait(false);
    }
}
