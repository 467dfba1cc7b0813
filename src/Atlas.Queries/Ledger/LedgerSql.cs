namespace Atlas.Queries.Ledger;

/// <summary>The checks that run entirely in the database.</summary>
internal static class LedgerSql
{
    public const string Counts = """
        SELECT (SELECT count(*) FROM (SELECT learning_key FROM public.learning_journal UNION SELECT learning_key FROM orleans.learning_state) k) AS keys,
               (SELECT count(*) FROM public.learning_journal) AS events,
               (SELECT count(*) FROM public.playbook_versions) AS versions,
               (SELECT count(*) FROM public.sessions s
                 WHERE s.status <> 'running' AND s.stored_learning_key IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM public.learning_journal j
                                    WHERE j.learning_key = s.stored_learning_key AND j.session_id = s.id AND j.event_type = 'session_observed')
                   AND NOT EXISTS (SELECT 1 FROM public.learning_outbox o WHERE o.session_id = s.id)
                   AND NOT EXISTS (SELECT 1 FROM public.session_judgings g WHERE g.session_id = s.id AND g.state = 'pending')) AS never_told
        """;

    /// <summary>Events that do not follow the previous one, or have been changed since they were written.</summary>
    /// <remarks>For a forgotten event, a later event of the same chain vouches for its hash and its current content.</remarks>
    public const string Chain = """
        WITH vouched AS (
          SELECT DISTINCT ON (f.learning_key, t.tombstone ->> 'sequence')
                 f.learning_key, (t.tombstone ->> 'sequence')::bigint AS sequence, t.tombstone ->> 'sha256' AS sha256, t.tombstone ->> 'now' AS now
            FROM public.learning_journal f, jsonb_array_elements(f.event -> 'tombstones') AS t (tombstone)
           WHERE f.event_type = 'sessions_forgotten'
           ORDER BY f.learning_key, t.tombstone ->> 'sequence', f.sequence DESC)
        SELECT j.learning_key, j.sequence, j.event_type, j.before FROM (
          SELECT *, coalesce(lag(sequence) OVER w, 0) AS before,
                 sha256 IS DISTINCT FROM orleans.journal_sha256(
                   lag(sha256) OVER w, learning_key, sequence, event_type, session_id, author, occurred_at, event) AS changed
            FROM public.learning_journal WINDOW w AS (PARTITION BY learning_key ORDER BY sequence)) j
          LEFT JOIN vouched v ON v.learning_key = j.learning_key AND v.sequence = j.sequence
         WHERE j.sequence <> j.before + 1
            OR j.changed AND (v.sequence IS NULL OR v.sha256 <> encode(j.sha256, 'hex')
                 OR v.now <> encode(orleans.event_sha256(j.event_type, j.session_id, j.author, j.occurred_at, j.event), 'hex'))
         ORDER BY j.learning_key, j.sequence LIMIT $1
        """;

    /// <summary>Versions for which archive and journal differ.</summary>
    public const string Archive = """
        SELECT coalesce(j.learning_key, v.learning_key) AS learning_key, coalesce(j.version, v.version) AS version,
               j.version IS NULL AS no_event, v.version IS NULL AS no_version
          FROM (SELECT learning_key, (event ->> 'version')::integer AS version, event FROM public.learning_journal WHERE event_type = 'playbook_changed') j
          FULL JOIN public.playbook_versions v ON v.learning_key = j.learning_key AND v.version = j.version
         WHERE j.version IS NULL OR v.version IS NULL
            OR v.content_sha256 IS DISTINCT FROM j.event ->> 'content_sha256'
            OR v.student_text IS DISTINCT FROM j.event #>> '{playbook,student_text}'
            OR v.teacher_text IS DISTINCT FROM j.event #>> '{playbook,teacher_text}'
            OR v.entries IS DISTINCT FROM coalesce(nullif(j.event #> '{playbook,entries}', 'null'), '[]')
         ORDER BY 1, 2 LIMIT $1
        """;

    public const string CountedTwice = """
        SELECT session_id, count(*)::integer AS times, min(learning_key) AS learning_key FROM public.learning_journal
         WHERE event_type = 'session_observed' GROUP BY session_id HAVING count(*) > 1 ORDER BY session_id LIMIT $1
        """;

    /// <summary>Events without the records they refer to: no constraint ensures this, so it is checked here.</summary>
    public const string Orphans = """
        SELECT e.session_id, count(*) AS events FROM public.trajectory_events e
         WHERE NOT EXISTS (SELECT 1 FROM public.sessions s WHERE s.id = e.session_id)
         GROUP BY e.session_id ORDER BY e.session_id LIMIT $1
        """;

    public const string OldOutbox = """
        SELECT session_id::bigint AS session_id, learning_key, created_at FROM public.learning_outbox
         WHERE created_at < now() - interval '15 minutes' ORDER BY created_at LIMIT $1
        """;

    public const string Keys = "SELECT learning_key FROM public.learning_journal UNION SELECT learning_key FROM orleans.learning_state ORDER BY 1";

    public const string State = """
        SELECT l.state, r.student_learning, r.teacher_learning FROM orleans.learning_state l
          LEFT JOIN public.learning_registry r ON r.learning_key = l.learning_key
         WHERE l.key_text = $1
        """;

    public const string Journal = "SELECT event FROM public.learning_journal WHERE learning_key = $1 ORDER BY sequence";
}
