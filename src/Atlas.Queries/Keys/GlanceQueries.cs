using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Journal;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries.Keys;

/// <summary>A learning key at a glance.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="State">Its committed state, without the words of its playbook.</param>
/// <param name="ChangedAt">When it changed last.</param>
/// <param name="Today">Sessions that began today.</param>
public sealed record KeyGlance(string LearningKey, LearningKeyState State, DateTimeOffset ChangedAt, long Today);

/// <summary>Why a key needs a person now.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Waiting">Sessions that wait for a reviewer.</param>
/// <param name="Drifting">Of these, those whose reward is out of line.</param>
/// <param name="Alarm">Whether its rewards have become lower.</param>
/// <param name="Suspects">Entries that seem to do harm.</param>
/// <param name="FailedSyntheses">Syntheses that failed in a row.</param>
/// <param name="BudgetUntil">Until when the budget of syntheses is spent; null if it is not.</param>
/// <param name="Experiment">The experiment that has a verdict and waits to be concluded; null for none.</param>
public sealed record KeyNeed(
    string LearningKey, long Waiting, long Drifting, bool Alarm, long Suspects, int FailedSyntheses, DateTimeOffset? BudgetUntil, int? Experiment)
{
    public static KeyNeed None(string learningKey) => new(learningKey, 0, 0, false, 0, 0, null, null);
}

/// <summary>Reads what somebody who looks after all keys sees first. What it takes does not grow with the sessions of a key.</summary>
public sealed class GlanceQueries(NpgsqlDataSource source)
{
    /// <summary>So many of the keys that changed last are looked at for what needs a person.</summary>
    public const int MostWatched = 1000;

    private const string Mine = """
        grain_type = 'learning-key' AND payload IS NOT NULL AND ($1 IS NULL OR starts_with(key_text, $1)) AND ($2 IS NULL OR NOT starts_with(key_text, $2))
        """;

    /// <summary>Keys, those that changed last first.</summary>
    /// <param name="prefix">Only keys that begin so; null for all.</param>
    /// <param name="exceptPrefix">Leaves out keys that begin so; null leaves none out.</param>
    /// <param name="contains">Only keys with this in their name, whatever the case; null for all.</param>
    /// <param name="offset">How many to leave out at the beginning.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="today">When the day began.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<ImmutableArray<KeyGlance>> ListAsync(
        string? prefix, string? exceptPrefix, string? contains, int offset, int limit, DateTimeOffset today, CancellationToken cancellationToken = default)
    {
        // The states are opened for the keys that are shown, and for no other one.
        var command = source.CreateCommand($"""
            SELECT orleans.learning_key_of(payload, key_text) AS learning_key, (payload -> 'state') - 'playbook' AS state, modified_at,
                   (SELECT count(*) FROM public.sessions s
                     WHERE s.stored_learning_key = orleans.learning_key_of(k.payload, k.key_text) AND s.created_at >= $6) AS today
              FROM (SELECT key_text, payload, modified_at FROM orleans.grain_state
                     WHERE {Mine} AND ($3 IS NULL OR strpos(lower(key_text), lower($3)) > 0)
                     ORDER BY modified_at DESC, key_text OFFSET $4 LIMIT $5) k
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

    /// <summary>Keys that need a person now.</summary>
    /// <param name="prefix">Only keys that begin so; null for all.</param>
    /// <param name="exceptPrefix">Leaves out keys that begin so; null leaves none out.</param>
    /// <param name="now">The time.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
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

        return [.. needs.Values.OrderByDescending(need => need.Alarm).ThenByDescending(need => need.Drifting).ThenByDescending(need => need.Waiting).Take(limit)];
    }

    private async Task<ImmutableArray<KeyNeed>> OfStatesAsync(string? prefix, string? exceptPrefix, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var command = source.CreateCommand($$$"""
            SELECT * FROM (
              SELECT orleans.learning_key_of(payload, key_text) AS learning_key,
                     state #>> '{trials,evidence,watch,is_raised}' = 'true' AS alarm,
                     jsonb_array_length(jsonb_path_query_array(state, '$.trials.evidence.entries[*] ? (@.state == "suspect")')) AS suspects,
                     coalesce((state #>> '{last_synthesis,consecutive_failures}')::integer, 0) AS failed,
                     CASE WHEN (state #>> '{budget,limit}')::integer > 0 AND (state #>> '{budget,used}')::integer >= (state #>> '{budget,limit}')::integer
                          THEN (state #>> '{budget,since}')::timestamptz + interval '1 hour' END AS until,
                     CASE WHEN state #>> '{trials,evidence,experiment,status}' = 'decided' THEN (state #>> '{trials,evidence,experiment,number}')::integer END AS experiment
                FROM (SELECT key_text, payload, payload -> 'state' AS state FROM orleans.grain_state WHERE {{{Mine}}} ORDER BY modified_at DESC LIMIT {{{MostWatched}}}) k) n
             WHERE alarm OR suspects > 0 OR failed > 0 OR until > $3 OR experiment IS NOT NULL
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(prefix).Text(exceptPrefix).Time(now);
        return await command.ListAsync(
            row => new KeyNeed(
                row.RequiredText("learning_key"), 0, 0, row.FlagOrNull("alarm") ?? false, row.Int("suspects") ?? 0, row.Int("failed") ?? 0,
                row.TimeOrNull("until") is { } until && until > now ? until : null, row.Int("experiment")),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<ImmutableArray<(string Key, long Waiting, long Drifting)>> WaitingAsync(
        string? prefix, string? exceptPrefix, int limit, CancellationToken cancellationToken)
    {
        var command = source.CreateCommand("""
            WITH waiting AS (
              SELECT stored_learning_key AS key, count(*) AS waiting FROM public.sessions
               WHERE review_status = 'pending' AND status <> 'running' AND stored_learning_key IS NOT NULL
                 AND ($1 IS NULL OR starts_with(stored_learning_key, $1)) AND ($2 IS NULL OR NOT starts_with(stored_learning_key, $2))
               GROUP BY 1 ORDER BY 2 DESC LIMIT $3),
            drifting AS (
              SELECT stored_learning_key AS key, count(*) AS drifting FROM public.sessions
               WHERE metadata @> '{"drift": {"alert": true}}' AND review_status = 'pending' AND status <> 'running' GROUP BY 1)
            SELECT w.key, w.waiting, coalesce(d.drifting, 0) AS drifting FROM waiting w LEFT JOIN drifting d ON d.key = w.key
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(prefix).Text(exceptPrefix).Int(limit);
        return await command.ListAsync(
            row => (row.RequiredText("key"), row.Long("waiting"), row.Long("drifting")), cancellationToken).ConfigureAwait(false);
    }
}
