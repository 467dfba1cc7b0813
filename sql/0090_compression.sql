-- Sessions, events and versions with values too long for their row are compressed by lz4, as the states of grains are (0006), where the server
-- has it: at about the same size it takes a fifth of the time of pglz. Nothing is rewritten; stored values stay as they are until they are
-- written again.
DO $d$
DECLARE
  col record;
BEGIN
  IF current_setting('server_version_num')::integer < 140000
     OR NOT 'lz4' = ANY ((SELECT enumvals FROM pg_settings WHERE name = 'default_toast_compression')::text[]) THEN
    RETURN;
  END IF;

  FOR col IN
    SELECT format('%I.%I', n.nspname, c.relname) AS of_table, a.attname AS name
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'p') AND a.attstorage IN ('x', 'm')
       AND n.nspname = 'public' AND (c.relname LIKE 'trajectory\_events%' OR c.relname IN (
         'sessions', 'plans', 'step_results', 'step_attempts', 'guidance_notes', 'learning_journal', 'playbook_versions', 'session_judgings'))
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET COMPRESSION lz4', col.of_table, col.name);
  END LOOP;
END
$d$;

-- Two versions of a row still share a page.
ALTER TABLE orleans.grain_state SET (toast_tuple_target = 4072);
