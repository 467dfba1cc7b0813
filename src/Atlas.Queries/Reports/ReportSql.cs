using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries.Reports;

/// <summary>The statements of <see cref="ReportQueries"/>.</summary>
internal static class ReportSql
{
    // Tags can be a list or a single value; expanding a single value as a list would fail the whole query.
    public const string Filter = """
        ($2 IS NULL OR s.metadata ->> 'project_root' = $2)
           AND ($3 IS NULL OR s.task = $3)
           AND ($4 = '{}' OR CASE jsonb_typeof(s.metadata -> 'tags')
                               WHEN 'array' THEN s.metadata -> 'tags' ?& $4
                               WHEN 'string' THEN s.metadata ->> 'tags' = ALL ($4)
                               ELSE false END)
        """;

    public const string Keys = $"""
        SELECT s.stored_learning_key AS learning_key, count(*) AS session_count, min(s.created_at) AS first_seen, max(s.created_at) AS last_seen
          FROM public.sessions s
         WHERE s.stored_learning_key IS NOT NULL AND ($1 IS NULL OR s.stored_learning_key = $1) AND {Filter}
         GROUP BY s.stored_learning_key
         ORDER BY session_count DESC, last_seen DESC, s.stored_learning_key
         LIMIT $5
        """;

    /// <summary>The oldest of the newest sessions up to the limit.</summary>
    public const string Boundary = $"""
        SELECT s.created_at, s.id::bigint AS id FROM public.sessions s
         WHERE s.stored_learning_key = $1 AND {Filter}
         ORDER BY s.created_at DESC, s.id DESC OFFSET $5 LIMIT 1
        """;

    // The metadata of a session is large and stored compressed, so it is decompressed once per row, and only what a report needs leaves the
    // server. Every other column is returned whole only if it is not an object and must be interpreted by the reader.
    public const string Page = $$"""
        SELECT s.id::bigint AS id, s.created_at, s.status, s.review_status, s.student_learning, s.teacher_learning,
               s.playbook_version, hashtextextended(s.task, 0) AS task_hash,
               CASE jsonb_typeof(s.reward) WHEN 'object'
                 THEN jsonb_build_object('score', s.reward -> 'score', 'uncertainty', s.reward -> 'uncertainty') ELSE s.reward END AS reward,
               s.reward_stats,
               CASE WHEN $9 THEN CASE jsonb_typeof(s.reward_audit) WHEN 'array' THEN jsonb_array_length(s.reward_audit) ELSE 0 END END AS audits,
               CASE WHEN $10 IS NULL
                 THEN (SELECT count(*) FROM public.trajectory_events e WHERE e.session_id = s.id)
                 ELSE (SELECT count(*) FROM (SELECT 1 FROM public.trajectory_events e WHERE e.session_id = s.id LIMIT $10) few) END AS events,
               s.playbook_sha256 IS NOT NULL OR m.applied_student_learning IS NOT NULL AS had_playbook, m.import IS NOT NULL AS recorded,
               CASE WHEN m.import IS NULL THEN extract(epoch FROM s.completed_at - s.created_at)::double precision END AS seconds,
               jsonb_strip_nulls(jsonb_build_object(
                 'execution_mode', m.execution_mode, 'adaptive_summary', m.adaptive_summary, 'adapter_session', m.adapter_session,
                 'student_model', m.student_model, 'teacher_model', m.teacher_model, 'token_usage', m.token_usage, 'cost_usd_by_role', m.cost_usd_by_role,
                 'learning_usage', CASE jsonb_typeof(m.learning_usage) WHEN 'object' THEN m.learning_usage - 'detectors'
                                   ELSE m.learning_usage END)) AS facts,
               fits AND coalesce(CASE WHEN $11 <> '{}' THEN s.metadata #>> $11 = $12
                    ELSE CASE jsonb_typeof(s.metadata -> 'tags') WHEN 'array' THEN s.metadata -> 'tags' ? $12
                                                                 WHEN 'string' THEN s.metadata ->> 'tags' = $12 END END, false) AS fits_control,
               fits AND CASE WHEN $14 IS NULL THEN true ELSE coalesce(CASE WHEN $13 <> '{}' THEN s.metadata #>> $13 = $14
                    ELSE CASE jsonb_typeof(s.metadata -> 'tags') WHEN 'array' THEN s.metadata -> 'tags' ? $14
                                                                 WHEN 'string' THEN s.metadata ->> 'tags' = $14 END END, false) END AS fits_treatment
          FROM public.sessions s
         CROSS JOIN LATERAL jsonb_to_record(CASE jsonb_typeof(s.metadata) WHEN 'object' THEN s.metadata ELSE '{}' END)
           AS m (execution_mode jsonb, adaptive_summary jsonb, adapter_session jsonb, student_model jsonb, teacher_model jsonb,
                 token_usage jsonb, cost_usd_by_role jsonb, learning_usage jsonb, applied_student_learning jsonb, import jsonb)
         CROSS JOIN LATERAL (SELECT coalesce(bool_and(jsonb_path_match(s.metadata, asked::jsonpath, silent => true) IS TRUE), true) AS fits FROM unnest($16) AS asked) w
         WHERE s.stored_learning_key = $1 AND {{Filter}}
           AND ($5 IS NULL OR (s.created_at, s.id) >= ($5, $6))
           AND ($7 IS NULL OR (s.created_at, s.id) > ($7, $8))
         ORDER BY s.created_at, s.id
         LIMIT $15
        """;

    public const string Discoveries = $"""
        WITH seen AS MATERIALIZED (
          SELECT DISTINCT s.task, s.discovery_fingerprint FROM public.sessions s WHERE s.stored_learning_key = $1 AND {Filter})
        SELECT d.id::bigint AS id, d.task, d.source, d.created_at
          FROM public.discovery_runs d
         WHERE d.source IN ('discovery', 'runtime')
           AND (d.fingerprint IN (SELECT discovery_fingerprint FROM seen) OR d.task IN (SELECT task FROM seen))
         ORDER BY (d.fingerprint IN (SELECT discovery_fingerprint FROM seen)) IS TRUE DESC, d.created_at DESC, d.id DESC
         LIMIT $5
        """;

    public const string LastState = """
        SELECT s.metadata -> 'learning_state' AS state FROM public.sessions s
         WHERE s.stored_learning_key = $1 AND jsonb_typeof(s.metadata -> 'learning_state' -> 'metadata') = 'object'
         ORDER BY s.created_at DESC, s.id DESC LIMIT 1
        """;

    public static NpgsqlParameterCollection AddFilter(this NpgsqlParameterCollection to, string? learningKey, ReportFilter filter) =>
        to.Text(learningKey).Text(filter.ProjectRoot).Text(filter.Task).Texts(filter.Tags);

    /// <summary>Adds the conditions for both arms.</summary>
    public static NpgsqlParameterCollection AddConditions(this NpgsqlParameterCollection to, ImmutableArray<ArmCondition> conditions) =>
        to.Texts(conditions.Select(condition => condition.JsonPath));

    public static NpgsqlParameterCollection AddArm(this NpgsqlParameterCollection to, ArmSelector? arm) =>
        to.Texts(arm is null ? ImmutableArray<string>.Empty : arm.Path).Text(arm?.Value);
}
