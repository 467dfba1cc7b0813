-- What operating adds: the registry shows what sessions are given, and a session knows the environment it ran in.

-- A staged or pinned key serves another version than its newest; tools that read the registry want the one that is served.
CREATE OR REPLACE VIEW public.learning_registry AS
WITH states AS (
  SELECT orleans.learning_key_of(payload, key_text)    AS learning_key,
         payload -> 'state'                            AS state,
         nullif(payload #> '{state,served}', 'null')   AS served,
         modified_at
    FROM orleans.grain_state
   WHERE grain_type = 'learning-key' AND payload IS NOT NULL),
keys AS (
  SELECT learning_key,
         coalesce(served -> 'playbook', state -> 'playbook')                                      AS playbook,
         coalesce(nullif(state #> '{playbook,metadata}', 'null'), '{}')                           AS metadata,
         coalesce(nullif(coalesce(served -> 'playbook', state -> 'playbook') -> 'entries', 'null'), '[]') AS entries,
         coalesce((state ->> 'updated_at')::timestamptz, modified_at)                             AS updated_at
    FROM states)
SELECT learning_key,
       playbook ->> 'student_text' AS student_learning,
       playbook ->> 'teacher_text' AS teacher_learning,
       CASE WHEN metadata = '{}' AND entries = '[]' THEN NULL
            ELSE metadata || jsonb_build_object('playbook_entries', entries) END AS metadata,
       updated_at
  FROM keys
UNION ALL
SELECT i.learning_key, i.student_learning, i.teacher_learning, i.metadata, i.updated_at
  FROM public.learning_registry_imported i
 WHERE NOT EXISTS (SELECT 1 FROM keys k WHERE k.learning_key = i.learning_key);

-- What people decided on a key, among the many sessions that were counted.
CREATE INDEX IF NOT EXISTS learning_journal_switches_idx ON public.learning_journal (learning_key, sequence DESC)
  WHERE event_type IN ('key_staged', 'key_unstaged', 'version_promoted', 'version_pinned', 'version_unpinned', 'key_frozen',
                       'key_unfrozen');

-- A hash over the modules that a discovery found. A session carries it in its metadata, so it finds the runs of its
-- environment also in another database than the one that discovery wrote to; therefore it is no foreign key.
ALTER TABLE public.discovery_runs ADD COLUMN IF NOT EXISTS fingerprint text
  GENERATED ALWAYS AS (metadata ->> 'fingerprint') STORED;
CREATE INDEX IF NOT EXISTS discovery_runs_fingerprint_idx ON public.discovery_runs (fingerprint, id DESC)
  WHERE fingerprint IS NOT NULL;
CREATE INDEX IF NOT EXISTS discovery_runs_root_idx ON public.discovery_runs (project_root, id DESC);
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS discovery_fingerprint text
  GENERATED ALWAYS AS (metadata ->> 'discovery_fingerprint') STORED;
CREATE INDEX IF NOT EXISTS sessions_discovery_fingerprint_idx ON public.sessions (discovery_fingerprint, id DESC)
  WHERE discovery_fingerprint IS NOT NULL;
