using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Economics;
using Atlas.Learning.Options;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries;

/// <summary>Reads what the proxy has recorded about the providers' prompt caches.</summary>
public sealed class CacheQueries(NpgsqlDataSource dataSource)
{
    /// <summary>The number of newest sessions that are read.</summary>
    public const int MostSessions = 1000;

    private const int MostFirstCalls = 200;

    // The usage of a session that ended over HTTP is stored with its cues; the proxy itself writes it into both places.
    private const string Shares = """
        WITH newest AS MATERIALIZED (
          SELECT s.playbook_version, s.given, s.metadata FROM public.sessions s
           WHERE s.stored_learning_key = $1 AND s.external_id LIKE 'proxy:%' ORDER BY s.id DESC LIMIT $2),
        told AS (
          SELECT coalesce(n.playbook_version, 0) AS version, coalesce(jsonb_typeof(n.given -> 'student') = 'object', false) AS injected,
                 coalesce(n.metadata #> '{token_usage}', n.metadata #> '{learning_usage,session,token_usage}') AS usage
            FROM newest n)
        SELECT version, injected, count(*) AS sessions,
               sum((usage ->> 'prompt_tokens')::numeric)::bigint AS input_tokens, sum((usage ->> 'cached_prompt_tokens')::numeric)::bigint AS cached_tokens
          FROM told
         WHERE jsonb_typeof(usage -> 'prompt_tokens') = 'number' AND jsonb_typeof(usage -> 'cached_prompt_tokens') = 'number'
         GROUP BY version, injected ORDER BY version, injected
        """;

    private const string FirstCalls = """
        WITH newest AS MATERIALIZED (
          SELECT s.id, s.created_at FROM public.sessions s
           WHERE s.stored_learning_key = $1 AND s.external_id LIKE 'proxy:%' ORDER BY s.id DESC LIMIT $2),
        called AS (
          SELECT n.created_at, c.payload
            FROM newest n
           CROSS JOIN LATERAL (
             SELECT e.event -> 'payload' AS payload FROM public.trajectory_events e
              WHERE e.session_id = n.id AND e.event #>> '{payload,name}' = 'model_call' ORDER BY e.sequence LIMIT 1) c)
        SELECT payload #>> '{data,input,upstream}' AS upstream, coalesce(payload #>> '{data,input,model}', payload #>> '{data,output,model}') AS model, count(*) AS sessions,
               extract(epoch FROM max(created_at) - min(created_at))::double precision AS seconds,
               avg(coalesce((payload #>> '{usage_info,token_usage,cached_prompt_tokens}')::numeric, 0))::double precision AS shared,
               avg((payload #>> '{data,output,duration_ms}')::numeric)::double precision / 1000 AS duration,
               (array_agg(payload #> '{data,input,price}' ORDER BY created_at DESC))[1] AS price
          FROM called
         WHERE jsonb_typeof(payload #> '{usage_info,token_usage}') = 'object' AND coalesce(payload #>> '{data,input,model}', payload #>> '{data,output,model}') IS NOT NULL
         GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
        """;

    /// <summary>Returns the share of cached tokens by version, with and without it in the prompts, over a key's newest sessions.</summary>
    public async Task<ImmutableArray<CacheShare>> SharesAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand(Shares);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey);
        command.Parameters.Int(MostSessions);
        return await command.ListAsync(
            row => new CacheShare(
                row.Int("version") ?? 0, row.Flag("injected"), row.Long("sessions"), row.Long("input_tokens"), row.Long("cached_tokens")),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns what the first calls of a key's newest sessions show about the caches they share, by model.</summary>
    public async Task<ImmutableArray<CacheTraffic>> TrafficAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand(FirstCalls);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey);
        command.Parameters.Int(MostFirstCalls);
        return await command.ListAsync(ReadTraffic, cancellationToken).ConfigureAwait(false);
    }

    private static CacheTraffic ReadTraffic(NpgsqlDataReader row)
    {
        var (sessions, seconds) = (row.Long("sessions"), row.Double("seconds") ?? 0);
        return new CacheTraffic(
            row.Text("upstream") ?? "",
            row.Text("model") ?? "",
            sessions,
            sessions > 1 && seconds > 0 ? (sessions - 1) / seconds * 3600 : 0,
            row.Double("shared") ?? 0,
            row.Double("duration") ?? 0,
            row.Json("price") is { ValueKind: JsonValueKind.Object } price ? price.Deserialize<TokenPrice>(AtlasJson.Options) : null);
    }
}
