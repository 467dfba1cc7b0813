using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries.Cluster;

/// <summary>Reads the state of a cluster: its silos, its queues, and its failures.</summary>
public sealed class ClusterQueries(NpgsqlDataSource source)
{
    private const string Mine = "($1 IS NULL OR starts_with({0}, $1)) AND ($2 IS NULL OR {0} IS NULL OR NOT starts_with({0}, $2))";

    private static readonly string OfSession = string.Format(System.Globalization.CultureInfo.InvariantCulture, Mine, "s.stored_learning_key");
    private static readonly string OfDelivery = string.Format(System.Globalization.CultureInfo.InvariantCulture, Mine, "o.learning_key");

    private static readonly string Queues = $"""
        SELECT r.waiting AS running, r.oldest AS running_oldest, j.waiting AS judge, j.oldest AS judge_oldest, j.retried AS judge_retried,
               c.waiting AS count, c.oldest AS count_oldest, c.retried AS count_retried, v.waiting AS take, v.oldest AS take_oldest
          FROM (SELECT count(*) AS waiting, min(s.created_at) AS oldest FROM public.sessions s
                 WHERE s.status = 'running' AND s.lease_until IS NOT NULL AND {OfSession}) r
         CROSS JOIN (SELECT count(*) AS waiting, min(g.requested_at) AS oldest, count(*) FILTER (WHERE g.reason IS NOT NULL) AS retried
                       FROM public.session_judgings g JOIN public.sessions s ON s.id = g.session_id WHERE g.state = 'pending' AND {OfSession}) j
         CROSS JOIN (SELECT count(*) AS waiting, min(o.created_at) AS oldest, count(*) FILTER (WHERE o.attempts > 0) AS retried
                       FROM public.learning_outbox o WHERE {OfDelivery}) c
         CROSS JOIN (SELECT count(*) AS waiting, min(w.decided_at) AS oldest
                       FROM public.outside_reviews w JOIN public.sessions s ON s.id = w.session_id WHERE {OfSession}) v
        """;

    private static readonly string Failures = $"""
        SELECT f.session_id::bigint AS session_id, s.stored_learning_key AS learning_key, f.stage, f.fault, f.times::bigint AS times, f.last_at,
               CASE WHEN f.stage = 'counting' AND o.due_at > '-infinity' THEN o.due_at END AS next_at
          FROM public.session_faults f
          JOIN public.sessions s ON s.id = f.session_id
          LEFT JOIN public.learning_outbox o ON o.session_id = f.session_id
         WHERE CASE f.stage WHEN 'counting' THEN o.session_id IS NOT NULL ELSE s.reviewed_at IS NULL END
           AND {OfSession} AND ($3 IS NULL OR s.stored_learning_key = $3) AND ($4 IS NULL OR f.stage = $4)
         ORDER BY f.last_at DESC, f.session_id DESC LIMIT $5
        """;

    /// <summary>Returns the silos of a cluster: living ones, then those that ended since <paramref name="since"/>, each newest
    /// first.</summary>
    /// <param name="clusterId">The cluster.</param>
    /// <param name="since">Dead silos that were last active before this time are left out.</param>
    /// <param name="limit">The largest number of silos.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<SiloStanding>> SilosAsync(
        string clusterId, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        // What silos report about their rules is only valid for some minutes, as where they compare them.
        var command = source.CreateCommand("""
            SELECT m.silo_name, m.host_name, m.address, m.port, m.generation, m.status, m.started_at, m.alive_at, left(r.sha256, 12) AS rules
              FROM orleans.cluster_member m
              LEFT JOIN orleans.silo_rules r
                ON r.cluster_id = m.cluster_id AND r.silo_name = m.silo_name AND m.status = 3 AND r.seen_at > now() - interval '3 minutes'
             WHERE m.cluster_id = $1 AND (m.status <> 6 OR m.alive_at >= $2)
             ORDER BY m.status = 6, m.started_at DESC, m.silo_name LIMIT $3
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(clusterId).Time(since).Int(Math.Max(0, limit));
        return await command.ListAsync(
            row => new SiloStanding(
                row.RequiredText("silo_name"), row.RequiredText("host_name"), row.RequiredText("address"), row.Int("port") ?? 0, row.Int("generation") ?? 0,
                (row.Int("status") ?? 0) switch { 3 => SiloState.Active, 6 => SiloState.Dead, 4 or 5 => SiloState.Stopping, _ => SiloState.Joining },
                row.Time("started_at"), row.Time("alive_at"), row.Text("rules")),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the queues.</summary>
    /// <param name="prefix">Only learning keys with this prefix; null for all.</param>
    /// <param name="exceptPrefix">Leaves out keys with this prefix; null leaves none out.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ClusterQueues> QueuesAsync(string? prefix, string? exceptPrefix, CancellationToken cancellationToken = default)
    {
        var command = source.CreateCommand(Queues);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(prefix).Text(exceptPrefix);
        return (await command.FirstAsync(
            row => new ClusterQueues(
                new QueueStanding(row.Long("running"), row.TimeOrNull("running_oldest"), 0),
                new QueueStanding(row.Long("judge"), row.TimeOrNull("judge_oldest"), row.Long("judge_retried")),
                new QueueStanding(row.Long("count"), row.TimeOrNull("count_oldest"), row.Long("count_retried")),
                new QueueStanding(row.Long("take"), row.TimeOrNull("take_oldest"), 0)),
            cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Returns unresolved failures: those of sessions that are not counted yet, or that nobody has reviewed since; newest
    /// first.</summary>
    /// <param name="prefix">Only learning keys with this prefix; null for all.</param>
    /// <param name="exceptPrefix">Leaves out keys with this prefix; null leaves none out.</param>
    /// <param name="learningKey">Only failures of this key; null for all.</param>
    /// <param name="stage">Only failures at this stage; null for all.</param>
    /// <param name="limit">The largest number of failures.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<OpenFailure>> FailuresAsync(
        string? prefix, string? exceptPrefix, string? learningKey, string? stage, int limit, CancellationToken cancellationToken = default)
    {
        var command = source.CreateCommand(Failures);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(prefix).Text(exceptPrefix).Text(learningKey).Text(stage).Int(Math.Max(0, limit));
        return await command.ListAsync(
            row => new OpenFailure(
                row.Long("session_id"), row.Text("learning_key"), row.RequiredText("stage"), row.RequiredText("fault"), row.Long("times"),
                row.Time("last_at"), row.TimeOrNull("next_at")),
            cancellationToken).ConfigureAwait(false);
    }
}
