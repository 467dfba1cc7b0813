-- What the learning keys have learned. Their only writer is the grain state of type 'learning-key'; journal, archive and
-- registry follow from that write in the same transaction, by trigger and view, and so can never tell another story.

-- Finished or reviewed sessions that their learning key does not know of yet. Written with the session, deleted with the
-- state of the key that counted it.
CREATE TABLE IF NOT EXISTS public.learning_outbox (
  session_id   integer     PRIMARY KEY REFERENCES public.sessions (id) ON DELETE CASCADE,
  learning_key text        NOT NULL,
  outcome      jsonb,                                           -- null: counted already, only the review is to be told
  teaches      boolean     NOT NULL,
  review       jsonb,                                           -- {status, reviewer, note} of a later review
  created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS learning_outbox_age_idx ON public.learning_outbox (created_at, session_id);
CREATE INDEX IF NOT EXISTS learning_outbox_key_idx ON public.learning_outbox (learning_key, session_id);

-- Every event of a key, in order. Session ids are no foreign keys: what was learned outlives the records of a session.
CREATE TABLE IF NOT EXISTS public.learning_journal (
  learning_key text        NOT NULL,
  sequence     bigint      NOT NULL,
  event_type   text        NOT NULL,
  session_id   bigint,
  author       text,
  occurred_at  timestamptz NOT NULL,
  event        jsonb       NOT NULL,
  PRIMARY KEY (learning_key, sequence)
);
-- The exactly-once ledger: a second count of a session fails the write of the state that would hold it.
CREATE UNIQUE INDEX IF NOT EXISTS learning_journal_counted_key
  ON public.learning_journal (learning_key, session_id) WHERE event_type = 'session_observed';
-- Reviews are few; what became of a session is the newest of them, else its count.
CREATE INDEX IF NOT EXISTS learning_journal_review_idx
  ON public.learning_journal (learning_key, session_id, sequence DESC) WHERE event_type = 'session_reviewed';

CREATE TABLE IF NOT EXISTS public.playbook_versions (
  learning_key   text        NOT NULL,
  version        integer     NOT NULL,
  parent_version integer,
  cause          text,
  author         text,
  reason         text,
  session_ids    bigint[]    NOT NULL DEFAULT '{}',
  student_text   text,
  teacher_text   text,
  student_sha256 text,
  teacher_sha256 text,
  content_sha256 text,
  entries        jsonb       NOT NULL DEFAULT '[]',
  metadata       jsonb       NOT NULL DEFAULT '{}',
  created_at     timestamptz NOT NULL,
  PRIMARY KEY (learning_key, version)
);

-- Orleans stores a text key that reads as a number or a GUID in the number columns, so key_text may be empty: the state
-- names its key itself.
CREATE OR REPLACE FUNCTION orleans.learning_key_of(payload jsonb, key_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $f$
  SELECT coalesce(payload #>> '{state,learning_key}', nullif(key_text, ''))
$f$;

CREATE OR REPLACE FUNCTION orleans.record_learning_key_write() RETURNS trigger LANGUAGE plpgsql AS $f$
DECLARE
  owner  text := orleans.learning_key_of(NEW.payload, NEW.key_text);
  outbox jsonb := NEW.payload -> 'outbox';
  stored bigint;
  clash  bigint;
BEGIN
  IF NEW.payload IS NULL THEN
    RETURN NULL;
  END IF;
  IF owner IS NULL THEN
    RAISE EXCEPTION 'The state of a learning key names no key.'
      USING ERRCODE = 'integrity_constraint_violation', HINT = 'Set state.learning_key in the payload.';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.payload IS NOT NULL
     AND orleans.learning_key_of(OLD.payload, OLD.key_text) IS DISTINCT FROM owner THEN
    RAISE EXCEPTION 'The state of learning key "%" would overwrite that of "%".',
      owner, orleans.learning_key_of(OLD.payload, OLD.key_text)
      USING ERRCODE = 'integrity_constraint_violation',
            HINT = 'Orleans stores both keys under the same number; give one of them another name.';
  END IF;
  IF jsonb_typeof(outbox) IS DISTINCT FROM 'array' OR outbox = '[]' THEN
    RETURN NULL;
  END IF;

  WITH fresh AS (
    INSERT INTO public.learning_journal (learning_key, sequence, event_type, session_id, author, occurred_at, event)
    SELECT owner, (e ->> 'sequence')::bigint, e ->> 'type', (e ->> 'session_id')::bigint, e ->> 'author',
           (e ->> 'at')::timestamptz, e
      FROM jsonb_array_elements(outbox) AS t (e)
     ORDER BY 2
    ON CONFLICT (learning_key, sequence) DO NOTHING
    RETURNING event_type, session_id, author, occurred_at, event),
  archived AS (
    INSERT INTO public.playbook_versions (learning_key, version, parent_version, cause, author, reason, session_ids,
                                          student_text, teacher_text, student_sha256, teacher_sha256, content_sha256,
                                          entries, metadata, created_at)
    SELECT owner, (event ->> 'version')::integer, (event ->> 'parent_version')::integer, event ->> 'cause', author,
           event ->> 'reason',
           ARRAY(SELECT id::bigint FROM jsonb_array_elements_text(coalesce(event -> 'session_ids', '[]')) AS s (id)),
           event #>> '{playbook,student_text}', event #>> '{playbook,teacher_text}', event ->> 'student_sha256',
           event ->> 'teacher_sha256', event ->> 'content_sha256',
           coalesce(nullif(event #> '{playbook,entries}', 'null'), '[]'),
           coalesce(nullif(event #> '{playbook,metadata}', 'null'), '{}'), occurred_at
      FROM fresh WHERE event_type = 'playbook_changed'),
  -- A review that came after the one told here stays in the outbox until it is told itself.
  told AS (
    DELETE FROM public.learning_outbox o USING fresh f
     WHERE o.session_id = f.session_id AND o.learning_key = owner
       AND (f.event_type = 'session_observed' AND o.review IS NULL
            OR f.event_type = 'session_reviewed'
               AND (o.review IS NULL OR f.event ->> 'status' IS NULL OR o.review ->> 'status' = f.event ->> 'status')))
  SELECT count(*) INTO stored FROM fresh;

  -- Events that were there before are a write told twice if they are the same, and lost history if they are not.
  IF stored < jsonb_array_length(outbox) THEN
    SELECT j.sequence INTO clash
      FROM jsonb_array_elements(outbox) AS t (e)
      JOIN public.learning_journal j ON j.learning_key = owner AND j.sequence = (e ->> 'sequence')::bigint
     WHERE j.event <> e
     ORDER BY j.sequence LIMIT 1;
    IF clash IS NOT NULL THEN
      RAISE EXCEPTION 'Event % of learning key "%" is in the journal with another content.', clash, owner
        USING ERRCODE = 'integrity_constraint_violation',
              HINT = 'The state being written does not descend from the stored one; it was not stored.';
    END IF;
  END IF;
  RETURN NULL;
END
$f$;

DROP TRIGGER IF EXISTS learning_key_write ON orleans.grain_state;
CREATE TRIGGER learning_key_write AFTER INSERT OR UPDATE ON orleans.grain_state
  FOR EACH ROW WHEN (NEW.grain_type = 'learning-key') EXECUTE FUNCTION orleans.record_learning_key_write();

-- The registry of the original was a table. Where there is one, its rows stay to be adopted, under another name.
DO $d$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = 'public' AND c.relname = 'learning_registry' AND c.relkind IN ('r', 'p')) THEN
    ALTER TABLE public.learning_registry RENAME TO learning_registry_imported;
  END IF;
END
$d$;
CREATE TABLE IF NOT EXISTS public.learning_registry_imported (
  learning_key     text        PRIMARY KEY,
  student_learning text,
  teacher_learning text,
  metadata         jsonb,
  updated_at       timestamptz NOT NULL DEFAULT now()
);

CREATE OR REPLACE VIEW public.learning_registry AS
WITH keys AS (
  SELECT orleans.learning_key_of(payload, key_text)                           AS learning_key,
         payload #> '{state,playbook}'                                        AS playbook,
         coalesce(nullif(payload #> '{state,playbook,metadata}', 'null'), '{}') AS metadata,
         coalesce(nullif(payload #> '{state,playbook,entries}', 'null'), '[]')  AS entries,
         coalesce((payload #>> '{state,updated_at}')::timestamptz, modified_at) AS updated_at
    FROM orleans.grain_state
   WHERE grain_type = 'learning-key' AND payload IS NOT NULL)
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
