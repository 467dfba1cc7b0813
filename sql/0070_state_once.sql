-- A key's whole state is put together once for each row that is read. A view by itself is an abbreviation: every mention of a column repeats
-- its expression, so a row of the registry put the playbook together, entry by entry, more than twenty times. OFFSET 0 keeps a subquery
-- apart; that it is LATERAL lets the key still be looked up by its index.
CREATE OR REPLACE VIEW orleans.learning_state AS
SELECT g.service_id, g.key_text, g.version, g.modified_at, s.learning_key, w.state, g.key_n0, g.key_n1
  FROM orleans.grain_state g
 CROSS JOIN LATERAL (SELECT orleans.learning_key_of(g.payload, g.key_text)  AS learning_key,
                            coalesce(g.payload -> 'state', '{}')            AS state,
                            nullif(g.payload -> 'impacts', 'null')          AS impacts
                     OFFSET 0) s
  LEFT JOIN public.playbook_versions v
         ON s.impacts IS NOT NULL AND v.learning_key = s.learning_key AND v.version = (s.state ->> 'version')::integer
 CROSS JOIN LATERAL (SELECT CASE WHEN v.version IS NULL THEN s.state
                                 ELSE jsonb_set(s.state, '{playbook}',
                                        jsonb_strip_nulls(jsonb_build_object(
                                          'form', v.form, 'student_preface', v.student_preface, 'teacher_preface', v.teacher_preface))
                                        || jsonb_build_object(
                                             'student_text', coalesce(v.student_text, ''),
                                             'teacher_text', v.teacher_text,
                                             'entries', orleans.entries_with_impacts(v.entries, s.impacts),
                                             'metadata', coalesce(s.state #> '{playbook,metadata}', '{}'))) END AS state
                     OFFSET 0) w
 WHERE g.grain_type = 'learning-key' AND g.payload IS NOT NULL;

CREATE OR REPLACE VIEW orleans.registry_row AS
SELECT s.service_id, s.key_text, s.key_n0, s.key_n1,
       r.playbook ->> 'student_text' AS student_learning,
       r.playbook ->> 'teacher_text' AS teacher_learning,
       m.metadata, r.updated_at, r.version
  FROM orleans.learning_state s
 CROSS JOIN LATERAL (SELECT coalesce(nullif(s.state -> 'served', 'null') -> 'playbook', s.state -> 'playbook')        AS playbook,
                            coalesce(nullif(s.state #> '{playbook,metadata}', 'null'), '{}')                          AS metadata,
                            coalesce((s.state ->> 'updated_at')::timestamptz, s.modified_at)                          AS updated_at,
                            coalesce((s.state #>> '{served,version}')::integer, (s.state ->> 'version')::integer, 0)  AS version
                     OFFSET 0) r
 CROSS JOIN LATERAL (SELECT coalesce(nullif(r.playbook -> 'entries', 'null'), '[]') AS entries OFFSET 0) e
 CROSS JOIN LATERAL (SELECT CASE WHEN r.metadata = '{}' AND e.entries = '[]' THEN NULL
                                 ELSE r.metadata || jsonb_build_object('playbook_entries', e.entries) END AS metadata
                     OFFSET 0) m;

-- The copy of what a key has learned in the metadata of its newest session: a key without sessions is not read for it.
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
  IF newest IS NULL THEN
    RETURN;
  END IF;
  SELECT jsonb_build_object('student_learning', coalesce(student_learning, ''), 'teacher_learning', teacher_learning,
                            'metadata', metadata, 'updated_at', updated_at)
    INTO known
    FROM public.learning_registry WHERE learning_key = of_key AND metadata IS NOT NULL LIMIT 1;
  IF known IS NULL THEN
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
