-- The entry is what is injected: a version's text is rendered from a preface and its entries, and a session stores which of them
-- it was given.

-- How the texts of a version come about: null for texts as somebody wrote them, which all earlier versions have; else the name of
-- the form, and student_text and teacher_text are rendered from the prefaces and the entries.
ALTER TABLE public.playbook_versions ADD COLUMN IF NOT EXISTS form            text;
ALTER TABLE public.playbook_versions ADD COLUMN IF NOT EXISTS student_preface text;
ALTER TABLE public.playbook_versions ADD COLUMN IF NOT EXISTS teacher_preface text;

-- {"student": {"sha256": ...}, "teacher": {...}, "given": {id: hash of its words}, "withheld": {...}, "left_out": [id]}: with the
-- version, everything that is needed to say again what the session saw. Null for sessions from before, and where nothing was injected.
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS given jsonb;

CREATE OR REPLACE VIEW orleans.learning_state AS
SELECT s.service_id, s.key_text, s.version, s.modified_at, s.learning_key,
       CASE WHEN v.version IS NULL THEN s.state
            ELSE jsonb_set(s.state, '{playbook}',
                   jsonb_strip_nulls(jsonb_build_object(
                     'form', v.form, 'student_preface', v.student_preface, 'teacher_preface', v.teacher_preface))
                   || jsonb_build_object(
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

-- What follows from a write, with each state opened as seldom as can be: it is compressed, and every look into it opens it anew.
CREATE OR REPLACE FUNCTION orleans.record_learning_key_writes() RETURNS trigger LANGUAGE plpgsql AS $f$
DECLARE
  stored   bigint;
  expected bigint;
  nameless bigint;
  mine     text;
  theirs   text;
  clash    record;
BEGIN
  -- Only a key that Orleans stores as a number can meet another one in its row; the state before is not read for others.
  IF TG_OP = 'UPDATE' THEN
    SELECT orleans.learning_key_of(w.payload, w.key_text), orleans.learning_key_of(o.payload, o.key_text)
      INTO mine, theirs
      FROM written w
      JOIN overwritten o USING (service_id, grain_type, key_text, key_n0, key_n1)
     WHERE w.grain_type = 'learning-key' AND w.key_text = '' AND w.payload IS NOT NULL AND o.payload IS NOT NULL
       AND orleans.learning_key_of(o.payload, o.key_text) IS DISTINCT FROM orleans.learning_key_of(w.payload, w.key_text)
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'The state of learning key "%" would overwrite that of "%".', mine, theirs
        USING ERRCODE = 'integrity_constraint_violation',
              HINT = 'Orleans stores both keys under the same number; give one of them another name.';
    END IF;
  END IF;

  WITH states AS MATERIALIZED (
    SELECT w.key_text, w.payload #>> '{state,learning_key}' AS named, w.payload -> 'outbox' AS outbox
      FROM written w
     WHERE w.grain_type = 'learning-key' AND w.payload IS NOT NULL),
  owned AS (
    SELECT coalesce(named, nullif(key_text, '')) AS owner, outbox
      FROM states WHERE jsonb_typeof(outbox) = 'array'),
  fresh AS (
    INSERT INTO public.learning_journal (learning_key, sequence, event_type, session_id, author, occurred_at, event)
    SELECT o.owner, (e ->> 'sequence')::bigint, e ->> 'type', (e ->> 'session_id')::bigint, e ->> 'author',
           (e ->> 'at')::timestamptz, e
      FROM owned o, jsonb_array_elements(o.outbox) AS t (e)
     WHERE o.owner IS NOT NULL
     ORDER BY 1, 2
    ON CONFLICT (learning_key, sequence) DO NOTHING
    RETURNING learning_key, event_type, session_id, author, occurred_at, event),
  archived AS (
    INSERT INTO public.playbook_versions (learning_key, version, parent_version, cause, author, reason, session_ids,
                                          student_text, teacher_text, student_sha256, teacher_sha256, content_sha256,
                                          entries, metadata, created_at, form, student_preface, teacher_preface)
    SELECT learning_key, (event ->> 'version')::integer, (event ->> 'parent_version')::integer, event ->> 'cause', author,
           event ->> 'reason',
           ARRAY(SELECT id::bigint FROM jsonb_array_elements_text(coalesce(event -> 'session_ids', '[]')) AS s (id)),
           event #>> '{playbook,student_text}', event #>> '{playbook,teacher_text}', event ->> 'student_sha256',
           event ->> 'teacher_sha256', event ->> 'content_sha256',
           coalesce(nullif(event #> '{playbook,entries}', 'null'), '[]'),
           coalesce(nullif(event #> '{playbook,metadata}', 'null'), '{}'), occurred_at,
           event #>> '{playbook,form}', event #>> '{playbook,student_preface}', event #>> '{playbook,teacher_preface}'
      FROM fresh WHERE event_type = 'playbook_changed'),
  -- A review that came after the one told here stays in the outbox until it is told itself.
  told AS (
    DELETE FROM public.learning_outbox o USING fresh f
     WHERE o.session_id = f.session_id AND o.learning_key = f.learning_key
       AND (f.event_type = 'session_observed' AND o.review IS NULL
            OR f.event_type = 'session_reviewed'
               AND (o.review IS NULL OR f.event ->> 'status' IS NULL OR o.review ->> 'status' = f.event ->> 'status')))
  SELECT (SELECT count(*) FROM fresh),
         (SELECT coalesce(sum(jsonb_array_length(outbox)), 0) FROM owned),
         (SELECT count(*) FROM states WHERE named IS NULL AND key_text = ''),
         (SELECT min(named) FROM states WHERE key_text <> '' AND named <> key_text)
    INTO stored, expected, nameless, mine;

  IF nameless > 0 THEN
    RAISE EXCEPTION 'The state of a learning key names no key.'
      USING ERRCODE = 'integrity_constraint_violation', HINT = 'Set state.learning_key in the payload.';
  END IF;
  IF mine IS NOT NULL THEN
    SELECT w.key_text INTO theirs
      FROM written w
     WHERE w.grain_type = 'learning-key' AND w.key_text <> '' AND w.payload #>> '{state,learning_key}' = mine AND w.key_text <> mine
     LIMIT 1;
    RAISE EXCEPTION 'The state of learning key "%" would overwrite that of "%".', mine, theirs
      USING ERRCODE = 'integrity_constraint_violation', HINT = 'state.learning_key must be the key of the row.';
  END IF;

  -- Events that were there before are a write told twice if they are the same, and lost history if they are not.
  IF stored < expected THEN
    SELECT j.learning_key, j.sequence INTO clash
      FROM written w
     CROSS JOIN jsonb_array_elements(CASE WHEN jsonb_typeof(w.payload -> 'outbox') = 'array' THEN w.payload -> 'outbox' ELSE '[]' END) AS t (e)
      JOIN public.learning_journal j
        ON j.learning_key = orleans.learning_key_of(w.payload, w.key_text) AND j.sequence = (e ->> 'sequence')::bigint
     WHERE w.grain_type = 'learning-key' AND j.event <> e
     ORDER BY j.learning_key, j.sequence LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'Event % of learning key "%" is in the journal with another content.', clash.sequence, clash.learning_key
        USING ERRCODE = 'integrity_constraint_violation',
              HINT = 'The state being written does not descend from the stored one; it was not stored.';
    END IF;
  END IF;
  RETURN NULL;
END
$f$;
