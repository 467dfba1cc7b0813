-- What the original's own tools ask of these tables, and what they change in them.

-- GROUP BY takes a column before an alias of the same name: a column 'learning_key' of ours took the place of the original's
-- "metadata ->> 'learning_key' AS learning_key". No column of ours has a name that its statements give to something else.
DO $d$
BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.columns
              WHERE table_schema = 'public' AND table_name = 'sessions' AND column_name = 'learning_key') THEN
    IF EXISTS (SELECT 1 FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name = 'sessions' AND column_name = 'stored_learning_key') THEN
      ALTER TABLE public.sessions DROP COLUMN learning_key;  -- 0002 ran again and added it anew
    ELSE
      ALTER TABLE public.sessions RENAME COLUMN learning_key TO stored_learning_key;
    END IF;
  END IF;
END
$d$;
-- For a reader who writes s.learning_key of a row s. PostgreSQL puts the column in its place, so indexes serve it.
CREATE OR REPLACE FUNCTION public.learning_key(session public.sessions) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $f$ SELECT session.stored_learning_key $f$;

-- Orleans stores a key that reads as a number or a GUID under that number, and then only its state names it. So that such a key
-- is found without opening every state, it stands here too, written with the state.
CREATE TABLE IF NOT EXISTS orleans.numbered_learning_key (
  service_id   text   NOT NULL,
  key_n0       bigint NOT NULL,
  key_n1       bigint NOT NULL,
  learning_key text   NOT NULL,
  PRIMARY KEY (service_id, key_n0, key_n1)
);
CREATE INDEX IF NOT EXISTS numbered_learning_key_idx ON orleans.numbered_learning_key (learning_key);

CREATE OR REPLACE FUNCTION orleans.record_numbered_keys() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
  INSERT INTO orleans.numbered_learning_key AS known (service_id, key_n0, key_n1, learning_key)
  SELECT w.service_id, w.key_n0, w.key_n1, orleans.learning_key_of(w.payload, w.key_text)
    FROM written w
   WHERE w.key_text = '' AND w.grain_type = 'learning-key' AND w.payload IS NOT NULL
  ON CONFLICT (service_id, key_n0, key_n1) DO UPDATE
     SET learning_key = excluded.learning_key WHERE known.learning_key <> excluded.learning_key;
  RETURN NULL;
END
$f$;
-- Named so that they come after what checks the write.
DROP TRIGGER IF EXISTS learning_key_written_numbered ON orleans.grain_state;
CREATE TRIGGER learning_key_written_numbered AFTER INSERT ON orleans.grain_state
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION orleans.record_numbered_keys();
DROP TRIGGER IF EXISTS learning_key_written_numbered_again ON orleans.grain_state;
CREATE TRIGGER learning_key_written_numbered_again AFTER UPDATE ON orleans.grain_state
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION orleans.record_numbered_keys();
INSERT INTO orleans.numbered_learning_key (service_id, key_n0, key_n1, learning_key)
SELECT service_id, key_n0, key_n1, orleans.learning_key_of(payload, key_text)
  FROM orleans.grain_state
 WHERE key_text = '' AND grain_type = 'learning-key' AND payload IS NOT NULL AND orleans.learning_key_of(payload, key_text) IS NOT NULL
ON CONFLICT DO NOTHING;

CREATE OR REPLACE VIEW orleans.learning_state AS
SELECT s.service_id, s.key_text, s.version, s.modified_at, s.learning_key,
       CASE WHEN v.version IS NULL THEN s.state
            ELSE jsonb_set(s.state, '{playbook}', jsonb_build_object(
                   'student_text', coalesce(v.student_text, ''),
                   'teacher_text', v.teacher_text,
                   'entries', orleans.entries_with_impacts(v.entries, s.impacts),
                   'metadata', coalesce(s.state #> '{playbook,metadata}', '{}'))) END AS state,
       s.key_n0, s.key_n1
  FROM (SELECT service_id, key_text, version, modified_at, key_n0, key_n1,
               orleans.learning_key_of(payload, key_text)  AS learning_key,
               coalesce(payload -> 'state', '{}')          AS state,
               nullif(payload -> 'impacts', 'null')        AS impacts
          FROM orleans.grain_state
         WHERE grain_type = 'learning-key' AND payload IS NOT NULL) s
  LEFT JOIN public.playbook_versions v
         ON s.impacts IS NOT NULL AND v.learning_key = s.learning_key AND v.version = (s.state ->> 'version')::integer;

-- A state as a row of the registry.
CREATE OR REPLACE VIEW orleans.registry_row AS
SELECT service_id, key_text, key_n0, key_n1,
       playbook ->> 'student_text' AS student_learning,
       playbook ->> 'teacher_text' AS teacher_learning,
       CASE WHEN metadata = '{}' AND coalesce(nullif(playbook -> 'entries', 'null'), '[]') = '[]' THEN NULL
            ELSE metadata || jsonb_build_object('playbook_entries', coalesce(nullif(playbook -> 'entries', 'null'), '[]')) END AS metadata,
       updated_at, version
  FROM (SELECT service_id, key_text, key_n0, key_n1,
               coalesce(nullif(state -> 'served', 'null') -> 'playbook', state -> 'playbook')              AS playbook,
               coalesce(nullif(state #> '{playbook,metadata}', 'null'), '{}')                              AS metadata,
               coalesce((state ->> 'updated_at')::timestamptz, modified_at)                                AS updated_at,
               coalesce((state #>> '{served,version}')::integer, (state ->> 'version')::integer, 0)        AS version
          FROM orleans.learning_state) s;

-- Every part names the key by a column with an index, so that one key is looked up and not searched for.
CREATE OR REPLACE VIEW public.learning_registry AS
SELECT r.key_text AS learning_key, r.student_learning, r.teacher_learning, r.metadata, r.updated_at, r.version
  FROM orleans.registry_row r
 WHERE r.key_text <> ''
UNION ALL
SELECT n.learning_key, r.student_learning, r.teacher_learning, r.metadata, r.updated_at, r.version
  FROM orleans.numbered_learning_key n
  JOIN orleans.registry_row r ON r.service_id = n.service_id AND r.key_text = '' AND r.key_n0 = n.key_n0 AND r.key_n1 = n.key_n1
UNION ALL
SELECT i.learning_key, i.student_learning, i.teacher_learning, i.metadata, i.updated_at, 0
  FROM public.learning_registry_imported i
 WHERE NOT EXISTS (SELECT 1 FROM orleans.grain_state g
                    WHERE g.grain_type = 'learning-key' AND g.key_text = i.learning_key AND g.payload IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM orleans.numbered_learning_key n
                     JOIN orleans.grain_state g ON g.service_id = n.service_id AND g.grain_type = 'learning-key' AND g.key_text = ''
                      AND g.key_n0 = n.key_n0 AND g.key_n1 = n.key_n1
                    WHERE n.learning_key = i.learning_key AND g.payload IS NOT NULL);

-- The registry takes no rows, and says what to do instead. The original writes with ON CONFLICT, which PostgreSQL refuses of any
-- view with a sentence of its own before a trigger runs; the default of a column that such a statement leaves out is computed
-- earlier, when the statement is planned.
CREATE OR REPLACE FUNCTION orleans.refuse_registry_write() RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $f$
BEGIN
  RAISE EXCEPTION 'learning_registry shows what the learning keys have learned; it cannot be written. Nothing was changed.'
    USING ERRCODE = 'feature_not_supported',
          HINT = 'Bring a playbook in with: atlas playbook import KEY FILE. A person''s change is made with: atlas playbook edit KEY.';
END
$f$;
ALTER VIEW public.learning_registry ALTER COLUMN version SET DEFAULT orleans.refuse_registry_write();
CREATE OR REPLACE FUNCTION orleans.refuse_registry_change() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
  PERFORM orleans.refuse_registry_write();
  RETURN NULL;
END
$f$;
DROP TRIGGER IF EXISTS registry_refuses ON public.learning_registry;
CREATE TRIGGER registry_refuses INSTEAD OF INSERT OR UPDATE OR DELETE ON public.learning_registry
  FOR EACH ROW EXECUTE FUNCTION orleans.refuse_registry_change();

-- Reviews that another program wrote into sessions.review_status. A silo takes them up as it takes up anybody's review; the newest
-- of a session counts.
CREATE TABLE IF NOT EXISTS public.outside_reviews (
  session_id bigint      PRIMARY KEY REFERENCES public.sessions (id) ON DELETE CASCADE,
  status     text        NOT NULL,
  reviewer   text        NOT NULL,                               -- the database's user, and the program if it gave a name
  note       text,
  decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at     timestamptz NOT NULL DEFAULT now()                  -- while a silo is at it, until when it is its own
);

CREATE OR REPLACE FUNCTION public.notice_outside_review() RETURNS trigger LANGUAGE plpgsql AS $f$
DECLARE
  program text := nullif(current_setting('application_name', true), '');
  author  text := session_user || coalesce(' (' || program || ')', '');
BEGIN
  -- What Atlas decides itself stands, within the same transaction, with the decision or the judging it comes from.
  IF EXISTS (SELECT 1 FROM public.review_decisions d WHERE d.session_id = NEW.id AND d.xmin = pg_current_xact_id()::xid)
     OR EXISTS (SELECT 1 FROM public.session_judgings j WHERE j.session_id = NEW.id AND j.xmin = pg_current_xact_id()::xid) THEN
    RETURN NULL;
  END IF;
  UPDATE public.sessions SET reviewed_by = author, reviewed_at = now() WHERE id = NEW.id;
  INSERT INTO public.outside_reviews (session_id, status, reviewer, note)
  VALUES (NEW.id, NEW.review_status, author, CASE WHEN NEW.review_notes IS DISTINCT FROM OLD.review_notes THEN NEW.review_notes END)
  ON CONFLICT (session_id) DO UPDATE
     SET status = excluded.status, reviewer = excluded.reviewer, note = excluded.note, decided_at = excluded.decided_at, due_at = excluded.due_at;
  RETURN NULL;
END
$f$;
DROP TRIGGER IF EXISTS sessions_outside_review ON public.sessions;
CREATE TRIGGER sessions_outside_review AFTER UPDATE OF review_status ON public.sessions
  FOR EACH ROW WHEN (OLD.review_status IS DISTINCT FROM NEW.review_status AND OLD.status IS NOT DISTINCT FROM NEW.status)
  EXECUTE FUNCTION public.notice_outside_review();

ALTER TABLE public.session_faults DROP CONSTRAINT IF EXISTS session_faults_stage_check;
ALTER TABLE public.session_faults ADD CONSTRAINT session_faults_stage_check
  CHECK (stage IN ('completion', 'judgement', 'counting', 'review'));

-- The original's report reads a playbook's figures from metadata.learning_state of the newest session that has one. Here the newest
-- session of each version has it; with the next session it moves on, so that it is there once and not with every session.
CREATE TABLE IF NOT EXISTS orleans.stamped_session (
  learning_key text    NOT NULL,
  version      integer NOT NULL,
  session_id   bigint  NOT NULL,
  PRIMARY KEY (learning_key, version)
);

CREATE OR REPLACE FUNCTION orleans.stamp_learning_state(of_key text) RETURNS void LANGUAGE plpgsql AS $f$
DECLARE
  newest bigint;
  given  integer;
  former bigint;
  known  jsonb;
BEGIN
  -- One at a time for a key: two silos may both think that they own it for a moment.
  PERFORM pg_advisory_xact_lock(hashtextextended(of_key, 1096040558));
  SELECT id, coalesce(playbook_version, 0) INTO newest, given
    FROM public.sessions
   WHERE stored_learning_key = of_key AND status <> 'running'
   ORDER BY created_at DESC, id DESC LIMIT 1;
  SELECT jsonb_build_object('student_learning', coalesce(student_learning, ''), 'teacher_learning', teacher_learning,
                            'metadata', metadata, 'updated_at', updated_at)
    INTO known
    FROM public.learning_registry WHERE learning_key = of_key AND metadata IS NOT NULL LIMIT 1;
  IF newest IS NULL OR known IS NULL THEN
    RETURN;
  END IF;
  SELECT session_id INTO former FROM orleans.stamped_session WHERE learning_key = of_key AND version = given;
  IF former IS DISTINCT FROM newest THEN
    UPDATE public.sessions SET metadata = metadata - 'learning_state' WHERE id = former AND jsonb_typeof(metadata) = 'object';
    INSERT INTO orleans.stamped_session (learning_key, version, session_id) VALUES (of_key, given, newest)
    ON CONFLICT (learning_key, version) DO UPDATE SET session_id = excluded.session_id;
  END IF;
  UPDATE public.sessions
     SET metadata = CASE WHEN jsonb_typeof(metadata) = 'object' THEN metadata ELSE '{}' END || jsonb_build_object('learning_state', known)
   WHERE id = newest AND metadata -> 'learning_state' IS DISTINCT FROM known;
END
$f$;
