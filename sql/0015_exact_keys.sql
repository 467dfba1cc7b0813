-- Learning keys are told apart exactly: the row of a key is found by its text, whatever that reads as. Until here Orleans' provider put
-- a key that reads as a number or a GUID into number columns, where 7 and 007, or cafe and CAFE, shared a row.

-- The states name their keys, so each such row gets the name it belongs to.
UPDATE orleans.grain_state
   SET key_text = payload #>> '{state,learning_key}', key_n0 = 0, key_n1 = 0
 WHERE grain_type = 'learning-key' AND (key_n0 <> 0 OR key_n1 <> 0 OR key_text = '') AND payload #>> '{state,learning_key}' <> '';
DELETE FROM orleans.grain_state
 WHERE grain_type = 'learning-key' AND (key_n0 <> 0 OR key_n1 <> 0 OR key_text = '');  -- cleared, and nobody knows of which key
-- A silo from before looks for such a key in the number columns; it must not begin it anew there.
ALTER TABLE orleans.grain_state DROP CONSTRAINT IF EXISTS grain_state_exact_learning_key;
ALTER TABLE orleans.grain_state ADD CONSTRAINT grain_state_exact_learning_key
  CHECK (grain_type <> 'learning-key' OR (key_n0 = 0 AND key_n1 = 0 AND key_text <> ''));

-- Orleans' provider is handed such a key with U+0001 before it, which keeps it from reading a number; here the mark goes again.
DO $d$
DECLARE
  texts text;
BEGIN
  SELECT string_agg(format('(%L::text, %L::text)', querykey, replace(querytext,
           'coalesce(@GrainIdExtensionString, '''')', 'ltrim(coalesce(@GrainIdExtensionString, ''''), chr(1))')), E',\n')
    INTO texts
    FROM orleans.orleansquery
   WHERE querytext NOT LIKE '%chr(1)%' OR querytext IS NULL;
  IF EXISTS (SELECT 1 FROM orleans.orleansquery WHERE querytext LIKE '%chr(1)%') THEN
    RETURN;
  END IF;
  EXECUTE 'CREATE OR REPLACE VIEW orleans.orleansquery (querykey, querytext) AS SELECT k, q FROM (VALUES ' || texts || ') AS texts (k, q)';
END
$d$;

-- The registry finds every key by its text now.
CREATE OR REPLACE VIEW public.learning_registry AS
SELECT r.key_text AS learning_key, r.student_learning, r.teacher_learning, r.metadata, r.updated_at, r.version
  FROM orleans.registry_row r
UNION ALL
SELECT i.learning_key, i.student_learning, i.teacher_learning, i.metadata, i.updated_at, 0
  FROM public.learning_registry_imported i
 WHERE NOT EXISTS (SELECT 1 FROM orleans.grain_state g
                    WHERE g.grain_type = 'learning-key' AND g.key_text = i.learning_key AND g.payload IS NOT NULL);
ALTER VIEW public.learning_registry ALTER COLUMN version SET DEFAULT orleans.refuse_registry_write();
DROP TRIGGER IF EXISTS learning_key_written_numbered ON orleans.grain_state;
DROP TRIGGER IF EXISTS learning_key_written_numbered_again ON orleans.grain_state;
DROP FUNCTION IF EXISTS orleans.record_numbered_keys();
DROP TABLE IF EXISTS orleans.numbered_learning_key;

-- Numbers of sessions, events and discoveries have 64 bits, as the grains that own them have. A view of somebody else's over such a
-- column keeps it from being widened; the message names the view.
DO $d$
DECLARE
  narrow record;
  why    text;
BEGIN
  FOR narrow IN
    SELECT c.table_name, c.column_name
      FROM information_schema.columns c
     WHERE c.table_schema = 'public' AND c.data_type = 'integer'
       AND (c.column_name = 'session_id' AND c.table_name IN ('plans', 'step_results', 'step_attempts', 'guidance_notes', 'trajectory_events',
              'discovery_runs', 'session_discoveries', 'learning_outbox', 'session_judgings', 'session_faults', 'review_decisions')
         OR c.column_name = 'id' AND c.table_name IN ('sessions', 'trajectory_events', 'discovery_runs', 'review_decisions')
         OR c.column_name = 'discovery_run_id')
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE public.%I ALTER COLUMN %I TYPE bigint', narrow.table_name, narrow.column_name);
    EXCEPTION WHEN feature_not_supported THEN
      GET STACKED DIAGNOSTICS why = PG_EXCEPTION_DETAIL;
      RAISE EXCEPTION 'The column %.% cannot get 64 bits: %. Drop what depends on it, let Atlas start, and make it again.',
        narrow.table_name, narrow.column_name, why;
    END;
  END LOOP;
  FOR narrow IN
    SELECT s.sequencename AS table_name, '' AS column_name FROM pg_sequences s
     WHERE s.schemaname = 'public' AND s.data_type = 'integer'::regtype
       AND s.sequencename IN ('sessions_id_seq', 'trajectory_events_id_seq', 'discovery_runs_id_seq', 'review_decisions_id_seq')
  LOOP
    EXECUTE format('ALTER SEQUENCE public.%I AS bigint', narrow.table_name);
  END LOOP;
END
$d$;
