-- Forgetting: what sessions left behind is taken out everywhere, and what of the journal had to say less is vouched for by a later event of it.

-- What an event says now, apart from the chain: where it was forgotten, its own hash stays that of what it said.
CREATE OR REPLACE FUNCTION orleans.event_sha256(event_type text, session_id bigint, author text, occurred_at timestamptz, event jsonb)
RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $f$
  SELECT sha256(convert_to(jsonb_build_array(event_type, session_id, author, extract(epoch FROM occurred_at)::text, event)::text, 'UTF8'))
$f$;

-- The receipts: numbers of sessions and of what went with them, never what they said.
CREATE TABLE IF NOT EXISTS public.forgettings (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at           timestamptz NOT NULL DEFAULT now(),
  learning_key text,                                            -- null: sessions without a key
  session_ids  bigint[]    NOT NULL,
  author       text        NOT NULL,
  reason       text,
  events       integer     NOT NULL,                            -- of the journal, that say less since then
  versions     integer     NOT NULL,                            -- of the playbook
  withdrawn    text[]      NOT NULL,                            -- entries that are gone
  lost_support text[]      NOT NULL,                            -- entries that stay, with less behind them
  records      jsonb       NOT NULL                             -- rows by table
);
CREATE INDEX IF NOT EXISTS forgettings_key_idx ON public.forgettings (learning_key, id);

-- Takes every record of the sessions out of the tables, and what others hold of them. Done again it finds nothing.
CREATE OR REPLACE FUNCTION public.forget_sessions(of_ids bigint[]) RETURNS jsonb LANGUAGE plpgsql AS $f$
DECLARE
  gone     jsonb := '{}';
  affected bigint;
  named    text[] := ARRAY(SELECT i::text FROM unnest(of_ids) AS t (i));
  told     text[];
BEGIN
  -- Notes of a synthesis stand with every session it was made from.
  UPDATE public.sessions s SET student_learning = NULL, teacher_learning = NULL
    FROM public.sessions f
   WHERE f.id = ANY (of_ids) AND s.id <> ALL (of_ids) AND s.stored_learning_key = f.stored_learning_key
     AND (s.student_learning = f.student_learning OR s.teacher_learning = f.teacher_learning);

  -- What was asked of a session, and answered, through the API.
  told := ARRAY(SELECT operation_id FROM public.api_appends WHERE session_id = ANY (of_ids)
                UNION SELECT substr(external_id, 12) FROM public.sessions WHERE id = ANY (of_ids) AND external_id LIKE 'idempotent:%');
  DELETE FROM public.api_requests r
   WHERE r.operation_id = ANY (told) OR EXISTS (SELECT 1 FROM unnest(named) AS n (id) WHERE encode(r.body, 'escape') ~ ('"session_id":\s*' || n.id || '[,}\s]'));
  GET DIAGNOSTICS affected = ROW_COUNT;
  gone := gone || jsonb_build_object('api_requests', affected);
  DELETE FROM public.api_appends WHERE session_id = ANY (of_ids);
  DELETE FROM public.session_numbering WHERE session_id = ANY (of_ids);
  UPDATE public.audit_log a SET request = NULL, before = NULL, after = NULL
   WHERE (a.request IS NOT NULL OR a.before IS NOT NULL OR a.after IS NOT NULL)
     AND (a.subject = ANY (named)
          OR EXISTS (SELECT 1 FROM public.sessions s WHERE s.id = ANY (of_ids) AND a.request ->> 'task' = s.task));
  GET DIAGNOSTICS affected = ROW_COUNT;
  gone := gone || jsonb_build_object('audit_log', affected);
  DELETE FROM public.session_faults WHERE session_id = ANY (of_ids);
  GET DIAGNOSTICS affected = ROW_COUNT;
  gone := gone || jsonb_build_object('session_faults', affected);
  DELETE FROM orleans.stamped_session WHERE session_id = ANY (of_ids);
  DELETE FROM public.trajectory_events WHERE session_id = ANY (of_ids);
  GET DIAGNOSTICS affected = ROW_COUNT;
  gone := gone || jsonb_build_object('trajectory_events', affected);
  DELETE FROM public.sessions WHERE id = ANY (of_ids);
  GET DIAGNOSTICS affected = ROW_COUNT;
  RETURN gone || jsonb_build_object('sessions', affected);
END
$f$;

-- Whether a text holds one of the patterns, without regard to case as far as the database knows it.
CREATE OR REPLACE FUNCTION orleans.holds(of_text text, of_patterns text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $f$
  SELECT EXISTS (SELECT 1 FROM unnest(of_patterns) AS t (pattern) WHERE strpos(lower(of_text), lower(pattern)) > 0)
$f$;

-- Whether JSON says one of them: a value of it, or a name that somebody made up. "metadata" says nothing of Ada.
CREATE OR REPLACE FUNCTION orleans.says(of_json jsonb, of_patterns text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $f$
  SELECT orleans.holds(of_json::text, of_patterns) AND (
    EXISTS (SELECT 1 FROM jsonb_path_query(of_json, 'strict $.** ? (@.type() == "string" || @.type() == "number")') AS t (said)
             WHERE orleans.holds(t.said #>> '{}', of_patterns))
    OR EXISTS (SELECT 1 FROM jsonb_path_query(of_json, 'strict $.** ? (@.type() == "object").keyvalue()') AS t (member)
                WHERE t.member ->> 'key' ~ '[^a-z0-9_]' AND orleans.holds(t.member ->> 'key', of_patterns)))
$f$;

-- Takes a text out of what is kept beside sessions and journals.
CREATE OR REPLACE FUNCTION public.forget_subject(of_patterns text[]) RETURNS void LANGUAGE plpgsql AS $f$
BEGIN
  UPDATE public.sessions SET student_learning = NULL WHERE orleans.holds(student_learning, of_patterns);
  UPDATE public.sessions SET teacher_learning = NULL WHERE orleans.holds(teacher_learning, of_patterns);
  UPDATE public.sessions SET metadata = metadata - 'learning_state'
   WHERE jsonb_typeof(metadata) = 'object' AND metadata ? 'learning_state' AND orleans.says(metadata -> 'learning_state', of_patterns);
  UPDATE public.audit_log SET request = NULL, before = NULL, after = NULL
   WHERE orleans.says(request, of_patterns) OR orleans.says(before, of_patterns) OR orleans.says(after, of_patterns);
  DELETE FROM public.api_requests
   WHERE orleans.holds(encode(body, 'escape'), ARRAY(SELECT encode(convert_to(p, 'UTF8'), 'escape') FROM unnest(of_patterns) AS t (p)));
  DELETE FROM public.entry_proposals WHERE orleans.says(entry, of_patterns) OR orleans.holds(concat_ws(' ', source, proposed_by), of_patterns);
  DELETE FROM public.discovery_runs WHERE orleans.holds(task, of_patterns) OR orleans.says(payload, of_patterns) OR orleans.says(metadata, of_patterns);
  UPDATE public.learning_registry_imported SET student_learning = NULL, teacher_learning = NULL, metadata = NULL
   WHERE orleans.holds(concat_ws(' ', student_learning, teacher_learning), of_patterns) OR orleans.says(metadata, of_patterns);
END
$f$;

CREATE OR REPLACE VIEW orleans.schema_object_now AS
WITH tables AS (
  SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v')
     AND (n.nspname = 'orleans' AND c.relname <> 'schema_object'
          OR n.nspname = 'public' AND c.relname IN (
            'sessions', 'plans', 'step_results', 'step_attempts', 'guidance_notes', 'trajectory_events', 'discovery_runs', 'review_decisions',
            'learning_outbox', 'learning_journal', 'playbook_versions', 'learning_registry', 'learning_registry_imported', 'session_judgings',
            'session_faults', 'session_redactions', 'outside_reviews', 'session_numbering', 'api_appends', 'api_requests', 'api_keys', 'audit_log',
            'entry_proposals', 'budgets', 'budget_days', 'budget_reservations', 'forgettings')))
SELECT 'index' AS kind, t.name || ' ' || c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition, i.indisvalid AND i.indisready AS valid
  FROM tables t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid = i.indexrelid
UNION ALL
SELECT 'trigger', t.name || ' ' || g.tgname, pg_get_triggerdef(g.oid), g.tgenabled <> 'D'
  FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
UNION ALL
SELECT 'constraint', t.name || ' ' || o.conname, pg_get_constraintdef(o.oid), o.convalidated
  FROM tables t JOIN pg_constraint o ON o.conrelid = t.oid AND o.contype IN ('c', 'f', 'p', 'u');
