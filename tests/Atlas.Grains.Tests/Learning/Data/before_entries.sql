-- A database as the program of November 2026 left it, before entries were rendered and keys were told apart exactly: three keys, one
-- reads as a number, with sessions, versions and journal. Made with pg_dump --inserts.
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA orleans;
CREATE FUNCTION orleans.entries_with_impacts(entries jsonb, impacts jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT coalesce(jsonb_agg(
           CASE WHEN jsonb_typeof(i.figures) = 'array'
                THEN e.entry || jsonb_build_object('impact', orleans.impact_of(impacts -> 'columns', i.figures))
                ELSE e.entry - 'impact' END
           ORDER BY e.place), '[]')
    FROM jsonb_array_elements(entries) WITH ORDINALITY AS e (entry, place)
    LEFT JOIN jsonb_array_elements(impacts -> 'figures') WITH ORDINALITY AS i (figures, place) USING (place)
$$;
CREATE FUNCTION orleans.impact_of(columns jsonb, figures jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT jsonb_object_agg(c.name, f.figure) || coalesce(figures -> jsonb_array_length(columns), '{}')
    FROM jsonb_array_elements_text(columns) WITH ORDINALITY AS c (name, place)
    JOIN jsonb_array_elements(figures) WITH ORDINALITY AS f (figure, place) USING (place)
$$;
CREATE FUNCTION orleans.learning_key_of(payload jsonb, key_text text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT coalesce(payload #>> '{state,learning_key}', nullif(key_text, ''))
$$;
CREATE FUNCTION orleans.record_learning_key_writes() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
                                          entries, metadata, created_at)
    SELECT learning_key, (event ->> 'version')::integer, (event ->> 'parent_version')::integer, event ->> 'cause', author,
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
$$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE orleans.cluster_member (
    cluster_id text NOT NULL,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    silo_name text NOT NULL,
    host_name text NOT NULL,
    status integer NOT NULL,
    proxy_port integer NOT NULL,
    suspect_times text,
    started_at timestamp with time zone NOT NULL,
    alive_at timestamp with time zone NOT NULL
);
CREATE TABLE orleans.cluster_version (
    cluster_id text NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE orleans.grain_state (
    service_id text NOT NULL,
    grain_type text NOT NULL,
    key_n0 bigint NOT NULL,
    key_n1 bigint NOT NULL,
    key_text text DEFAULT ''::text NOT NULL,
    version integer NOT NULL,
    modified_at timestamp with time zone DEFAULT now() NOT NULL,
    payload jsonb
)
WITH (fillfactor='50', toast_tuple_target='3900');
ALTER TABLE ONLY orleans.grain_state ALTER COLUMN payload SET COMPRESSION lz4;
CREATE TABLE public.playbook_versions (
    learning_key text NOT NULL,
    version integer NOT NULL,
    parent_version integer,
    cause text,
    author text,
    reason text,
    session_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    student_text text,
    teacher_text text,
    student_sha256 text,
    teacher_sha256 text,
    content_sha256 text,
    entries jsonb DEFAULT '[]'::jsonb NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE VIEW orleans.learning_state AS
 SELECT s.service_id,
    s.key_text,
    s.version,
    s.modified_at,
    s.learning_key,
        CASE
            WHEN (v.version IS NULL) THEN s.state
            ELSE jsonb_set(s.state, '{playbook}'::text[], jsonb_build_object('student_text', COALESCE(v.student_text, ''::text), 'teacher_text', v.teacher_text, 'entries', orleans.entries_with_impacts(v.entries, s.impacts), 'metadata', COALESCE((s.state #> '{playbook,metadata}'::text[]), '{}'::jsonb)))
        END AS state
   FROM (( SELECT grain_state.service_id,
            grain_state.key_text,
            grain_state.version,
            grain_state.modified_at,
            orleans.learning_key_of(grain_state.payload, grain_state.key_text) AS learning_key,
            COALESCE((grain_state.payload -> 'state'::text), '{}'::jsonb) AS state,
            NULLIF((grain_state.payload -> 'impacts'::text), 'null'::jsonb) AS impacts
           FROM orleans.grain_state
          WHERE ((grain_state.grain_type = 'learning-key'::text) AND (grain_state.payload IS NOT NULL))) s
     LEFT JOIN public.playbook_versions v ON (((s.impacts IS NOT NULL) AND (v.learning_key = s.learning_key) AND (v.version = ((s.state ->> 'version'::text))::integer))));
CREATE VIEW orleans.orleansquery AS
 SELECT texts.k AS querykey,
    texts.q AS querytext
   FROM ( VALUES ('InsertMembershipVersionKey'::text,'
  WITH created AS (
    INSERT INTO orleans.cluster_version (cluster_id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM created)
'::text), ('InsertMembershipKey'::text,'
  WITH raised AS (
    UPDATE orleans.cluster_version SET version = version + 1, changed_at = now()
     WHERE cluster_id = @DeploymentId AND version = @Version
       AND NOT EXISTS (SELECT 1 FROM orleans.cluster_member m
                        WHERE m.cluster_id = @DeploymentId AND m.address = @Address
                          AND m.port = @Port AND m.generation = @Generation)
    RETURNING cluster_id),
  joined AS (
    INSERT INTO orleans.cluster_member (cluster_id, address, port, generation, silo_name, host_name, status, proxy_port,
                                        started_at, alive_at)
    SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
      FROM raised
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM joined)
'::text), ('UpdateMembershipKey'::text,'
  WITH raised AS (
    UPDATE orleans.cluster_version SET version = version + 1, changed_at = now()
     WHERE cluster_id = @DeploymentId AND version = @Version
       AND EXISTS (SELECT 1 FROM orleans.cluster_member m
                    WHERE m.cluster_id = @DeploymentId AND m.address = @Address
                      AND m.port = @Port AND m.generation = @Generation)
    RETURNING cluster_id),
  changed AS (
    UPDATE orleans.cluster_member m
       SET status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
      FROM raised
     WHERE m.cluster_id = raised.cluster_id AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM changed)
'::text), ('UpdateIAmAlivetimeKey'::text,'
  UPDATE orleans.cluster_member SET alive_at = @IAmAliveTime
   WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
'::text), ('MembershipReadRowKey'::text,'
  SELECT m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
         m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes,
         m.started_at AS StartTime, m.alive_at AS IAmAliveTime, v.version AS Version
    FROM orleans.cluster_version v
    LEFT JOIN orleans.cluster_member m
      ON m.cluster_id = v.cluster_id AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
   WHERE v.cluster_id = @DeploymentId
'::text), ('MembershipReadAllKey'::text,'
  SELECT m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
         m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes,
         m.started_at AS StartTime, m.alive_at AS IAmAliveTime, v.version AS Version
    FROM orleans.cluster_version v
    LEFT JOIN orleans.cluster_member m ON m.cluster_id = v.cluster_id
   WHERE v.cluster_id = @DeploymentId
'::text), ('GatewaysQueryKey'::text,'
  SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
    FROM orleans.cluster_member
   WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
'::text), ('DeleteMembershipTableEntriesKey'::text,'
  DELETE FROM orleans.cluster_version WHERE cluster_id = @DeploymentId
'::text), ('CleanupDefunctSiloEntriesKey'::text,'
  DELETE FROM orleans.cluster_member
   WHERE cluster_id = @DeploymentId AND status = 6 AND alive_at < @IAmAliveTime AND started_at < @IAmAliveTime
'::text), ('CleanupDefunctSiloEntryKey'::text,'
  DELETE FROM orleans.cluster_member
   WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
     AND status = 6 AND started_at = @StartTime AND alive_at = @IAmAliveTime
     AND suspect_times IS NOT DISTINCT FROM @SuspectTimes
'::text), ('ReadFromStorageKey'::text,'
  SELECT convert_to(payload::text, ''UTF8'') AS PayloadBinary, version AS Version
    FROM orleans.grain_state
   WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
     AND key_text = coalesce(@GrainIdExtensionString, '''') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
'::text), ('WriteToStorageKey'::text,'
  INSERT INTO orleans.grain_state AS s (service_id, grain_type, key_n0, key_n1, key_text, version, payload)
  VALUES (@ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''),
          coalesce(@GrainStateVersion, 0) + 1, convert_from(@PayloadBinary, ''UTF8'')::jsonb)
  ON CONFLICT (service_id, grain_type, key_text, key_n0, key_n1) DO UPDATE
     SET payload = excluded.payload, version = s.version + 1, modified_at = now()
   WHERE s.version = @GrainStateVersion
  RETURNING s.version AS NewGrainStateVersion
'::text), ('ClearStorageKey'::text,'
  UPDATE orleans.grain_state SET payload = NULL, version = version + 1, modified_at = now()
   WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
     AND key_text = coalesce(@GrainIdExtensionString, '''') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
     AND version = @GrainStateVersion
  RETURNING version AS NewGrainStateVersion
'::text), ('DeleteStorageKey'::text,'
  DELETE FROM orleans.grain_state
   WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
     AND key_text = coalesce(@GrainIdExtensionString, '''') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
     AND version = @GrainStateVersion
  RETURNING version + 1 AS NewGrainStateVersion
'::text), ('UpsertReminderRowKey'::text,'
  INSERT INTO orleans.reminder AS r (service_id, grain_id, name, grain_hash, start_at, period_ms)
  VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period)
  ON CONFLICT (service_id, grain_id, name) DO UPDATE
     SET start_at = excluded.start_at, period_ms = excluded.period_ms, grain_hash = excluded.grain_hash,
         version = r.version + 1
  RETURNING r.version AS Version
'::text), ('ReadReminderRowKey'::text,'
  SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
    FROM orleans.reminder WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName
'::text), ('ReadReminderRowsKey'::text,'
  SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
    FROM orleans.reminder WHERE service_id = @ServiceId AND grain_id = @GrainId
'::text), ('ReadRangeRows1Key'::text,'
  SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
    FROM orleans.reminder WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
'::text), ('ReadRangeRows2Key'::text,'
  SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
    FROM orleans.reminder WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
'::text), ('DeleteReminderRowKey'::text,'
  WITH gone AS (
    DELETE FROM orleans.reminder
     WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM gone)
'::text), ('DeleteReminderRowsKey'::text,'
  DELETE FROM orleans.reminder WHERE service_id = @ServiceId
'::text)) texts(k, q);
CREATE TABLE orleans.reminder (
    service_id text NOT NULL,
    grain_id text NOT NULL,
    name text NOT NULL,
    grain_hash integer NOT NULL,
    start_at timestamp with time zone NOT NULL,
    period_ms bigint NOT NULL,
    version integer DEFAULT 0 NOT NULL
);
CREATE TABLE orleans.schema_version (
    schemaversionsid integer NOT NULL,
    scriptname character varying(255) NOT NULL,
    applied timestamp without time zone NOT NULL
);
CREATE SEQUENCE orleans.schema_version_schemaversionsid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE orleans.schema_version_schemaversionsid_seq OWNED BY orleans.schema_version.schemaversionsid;
CREATE TABLE public.discovery_runs (
    id integer NOT NULL,
    project_root text NOT NULL,
    task text,
    source text DEFAULT 'discovery'::text NOT NULL,
    payload jsonb NOT NULL,
    metadata jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    fingerprint text GENERATED ALWAYS AS ((metadata ->> 'fingerprint'::text)) STORED
);
CREATE SEQUENCE public.discovery_runs_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.discovery_runs_id_seq OWNED BY public.discovery_runs.id;
CREATE TABLE public.guidance_notes (
    session_id integer NOT NULL,
    step_id integer NOT NULL,
    sequence integer NOT NULL,
    note text NOT NULL
);
CREATE TABLE public.learning_journal (
    learning_key text NOT NULL,
    sequence bigint NOT NULL,
    event_type text NOT NULL,
    session_id bigint,
    author text,
    occurred_at timestamp with time zone NOT NULL,
    event jsonb NOT NULL
);
CREATE TABLE public.learning_outbox (
    session_id integer NOT NULL,
    learning_key text NOT NULL,
    outcome jsonb,
    teaches boolean NOT NULL,
    review jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.learning_registry_imported (
    learning_key text NOT NULL,
    student_learning text,
    teacher_learning text,
    metadata jsonb,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE VIEW public.learning_registry AS
 WITH keys AS (
         SELECT learning_state.learning_key,
            COALESCE((NULLIF((learning_state.state -> 'served'::text), 'null'::jsonb) -> 'playbook'::text), (learning_state.state -> 'playbook'::text)) AS playbook,
            COALESCE(NULLIF((learning_state.state #> '{playbook,metadata}'::text[]), 'null'::jsonb), '{}'::jsonb) AS metadata,
            COALESCE(((learning_state.state ->> 'updated_at'::text))::timestamp with time zone, learning_state.modified_at) AS updated_at
           FROM orleans.learning_state
        )
 SELECT keys.learning_key,
    (keys.playbook ->> 'student_text'::text) AS student_learning,
    (keys.playbook ->> 'teacher_text'::text) AS teacher_learning,
        CASE
            WHEN ((keys.metadata = '{}'::jsonb) AND (COALESCE(NULLIF((keys.playbook -> 'entries'::text), 'null'::jsonb), '[]'::jsonb) = '[]'::jsonb)) THEN NULL::jsonb
            ELSE (keys.metadata || jsonb_build_object('playbook_entries', COALESCE(NULLIF((keys.playbook -> 'entries'::text), 'null'::jsonb), '[]'::jsonb)))
        END AS metadata,
    keys.updated_at
   FROM keys
UNION ALL
 SELECT i.learning_key,
    i.student_learning,
    i.teacher_learning,
    i.metadata,
    i.updated_at
   FROM public.learning_registry_imported i
  WHERE (NOT (EXISTS ( SELECT 1
           FROM orleans.grain_state g
          WHERE ((g.grain_type = 'learning-key'::text) AND (g.payload IS NOT NULL) AND (orleans.learning_key_of(g.payload, g.key_text) = i.learning_key)))));
CREATE TABLE public.plans (
    session_id integer NOT NULL,
    plan jsonb NOT NULL
);
CREATE TABLE public.review_decisions (
    id bigint NOT NULL,
    session_id integer NOT NULL,
    status text NOT NULL,
    reviewer text NOT NULL,
    note text,
    decided_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.review_decisions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.review_decisions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.session_judgings (
    session_id integer NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone NOT NULL,
    judge text,
    reason text,
    calls integer DEFAULT 0 NOT NULL,
    prompt_tokens bigint DEFAULT 0 NOT NULL,
    completion_tokens bigint DEFAULT 0 NOT NULL,
    requested_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT session_judgings_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'judged'::text, 'failed'::text])))
);
CREATE TABLE public.sessions (
    id integer NOT NULL,
    task text NOT NULL,
    status text DEFAULT 'running'::text NOT NULL,
    metadata jsonb,
    final_answer text,
    reward jsonb,
    reward_stats jsonb,
    reward_audit jsonb,
    student_learning text,
    teacher_learning text,
    review_status text DEFAULT 'pending'::text NOT NULL,
    review_notes text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    completed_at timestamp with time zone,
    learning_key text GENERATED ALWAYS AS ((metadata ->> 'learning_key'::text)) STORED,
    external_id text,
    playbook_version integer,
    playbook_sha256 text,
    teacher_playbook_sha256 text,
    digest jsonb,
    reviewed_by text,
    reviewed_at timestamp with time zone,
    lease_seconds integer,
    lease_until timestamp with time zone,
    discovery_fingerprint text GENERATED ALWAYS AS ((metadata ->> 'discovery_fingerprint'::text)) STORED
);
CREATE SEQUENCE public.sessions_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sessions_id_seq OWNED BY public.sessions.id;
CREATE TABLE public.step_attempts (
    session_id integer NOT NULL,
    step_id integer NOT NULL,
    attempt integer NOT NULL,
    evaluation jsonb
);
CREATE TABLE public.step_results (
    session_id integer NOT NULL,
    step_id integer NOT NULL,
    trace text,
    output text,
    evaluation jsonb,
    attempts integer,
    metadata jsonb
);
CREATE TABLE public.trajectory_events (
    id integer NOT NULL,
    session_id integer NOT NULL,
    event jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    sequence integer
);
CREATE SEQUENCE public.trajectory_events_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.trajectory_events_id_seq OWNED BY public.trajectory_events.id;
ALTER TABLE ONLY orleans.schema_version ALTER COLUMN schemaversionsid SET DEFAULT nextval('orleans.schema_version_schemaversionsid_seq'::regclass);
ALTER TABLE ONLY public.discovery_runs ALTER COLUMN id SET DEFAULT nextval('public.discovery_runs_id_seq'::regclass);
ALTER TABLE ONLY public.sessions ALTER COLUMN id SET DEFAULT nextval('public.sessions_id_seq'::regclass);
ALTER TABLE ONLY public.trajectory_events ALTER COLUMN id SET DEFAULT nextval('public.trajectory_events_id_seq'::regclass);
INSERT INTO orleans.grain_state VALUES ('atlas', 'learning-key', 0, 0, 'support/refunds', 6, '2026-11-29 06:05:32.116742+00', '{"state": {"budget": null, "frozen": null, "pinned": null, "served": null, "applied": {"ranges": "1-3", "forgotten_up_to": 0}, "history": {"score_sum": 2.25, "low_streak": 0, "high_streak": 1, "score_count": 3, "total_count": 3}, "pending": [], "rewards": {"samples": "1 0.5 - -,2 0.75 - -,3 1 - -"}, "staging": null, "version": 2, "observed": {"ranges": "1-3", "forgotten_up_to": 0}, "playbook": {"entries": [], "metadata": {"last_evaluation": {"summary": {"failed": 0, "passed": 0, "weights": {"concision": 0.1, "generality": 0.3, "hookability": 0.2, "actionability": 0.4}, "accepted": true, "pass_rate": 0, "timestamp": "2026-11-29T06:05:31.842157+00:00", "gate_failures": {"cue": 0, "generality": 0, "actionability": 0}, "total_candidates": 0, "blocking_failures": 0, "provisional_count": 0, "average_weighted_score": 0}, "timestamp": "2026-11-29T06:05:31.842157+00:00", "candidates": []}, "last_updated_at": "2026-11-29T06:05:31.842157+00:00", "playbook_summary": {"failed": 0, "passed": 0, "weights": {"concision": 0.1, "generality": 0.3, "hookability": 0.2, "actionability": 0.4}, "accepted": true, "pass_rate": 0, "timestamp": "2026-11-29T06:05:31.842157+00:00", "gate_failures": {"cue": 0, "generality": 0, "actionability": 0}, "total_candidates": 0, "blocking_failures": 0, "provisional_count": 0, "average_weighted_score": 0}, "playbook_version": "playbook_entry.v1"}, "student_text": "", "teacher_text": null}, "revision": 6, "updated_at": "2026-11-29T06:05:31.6719217+00:00", "learning_key": "support/refunds", "content_sha256": "1f1b1eb2e3ebd1982137f2d98b50527daaa80e4e78dd7e9da15221467ac8b8f4", "last_synthesis": {"at": "2026-11-29T06:05:31.8421571+00:00", "cost": null, "reason": "Only 3 rewarded sessions may teach; the offline synthesizer says nothing below 12.", "outcome": "silent", "retry_at": null, "synthesizer": "offline", "consecutive_failures": 0}, "synthesis_cost": null, "sessions_applied": 3, "sessions_observed": 3}, "outbox": [{"at": "2026-11-29T06:05:31.8421571+00:00", "cost": null, "type": "synthesis_concluded", "audit": null, "spent": 0, "author": "synthesizer:offline", "reason": "Only 3 rewarded sessions may teach; the offline synthesizer says nothing below 12.", "outcome": "silent", "metadata": {"last_evaluation": {"summary": {"failed": 0, "passed": 0, "weights": {"concision": 0.1, "generality": 0.3, "hookability": 0.2, "actionability": 0.4}, "accepted": true, "pass_rate": 0, "timestamp": "2026-11-29T06:05:31.842157+00:00", "gate_failures": {"cue": 0, "generality": 0, "actionability": 0}, "total_candidates": 0, "blocking_failures": 0, "provisional_count": 0, "average_weighted_score": 0}, "timestamp": "2026-11-29T06:05:31.842157+00:00", "candidates": []}, "last_updated_at": "2026-11-29T06:05:31.842157+00:00", "playbook_summary": {"failed": 0, "passed": 0, "weights": {"concision": 0.1, "generality": 0.3, "hookability": 0.2, "actionability": 0.4}, "accepted": true, "pass_rate": 0, "timestamp": "2026-11-29T06:05:31.842157+00:00", "gate_failures": {"cue": 0, "generality": 0, "actionability": 0}, "total_candidates": 0, "blocking_failures": 0, "provisional_count": 0, "average_weighted_score": 0}, "playbook_version": "playbook_entry.v1"}, "sequence": 6, "session_ids": [1, 2, 3], "synthesizer": "offline", "hourly_limit": 60}], "impacts": {"columns": ["sessions_observed", "sessions_with_hits", "sessions_without_hits", "total_cue_hits", "total_adoptions", "successful_adoptions", "failed_adoptions", "reward_with_sum", "reward_with_count", "reward_without_sum", "reward_without_count", "tokens_with_sum", "tokens_with_count", "tokens_without_sum", "tokens_without_count", "incident_ids", "incident_tags", "retry_sum", "retry_samples", "failure_events", "first_observed_at", "last_observed_at"], "figures": [[3, 0, 3, 0, 0, 0, 0, 0, 0, 2.25, 3, 0, 0, 0, 0, [], [], 0, 0, 0, "2026-11-29T06:05:31.293295+00:00", "2026-11-29T06:05:31.487412+00:00"], [3, 0, 3, 0, 0, 0, 0, 0, 0, 2.25, 3, 0, 0, 0, 0, [], [], 0, 0, 0, "2026-11-29T06:05:31.293295+00:00", "2026-11-29T06:05:31.487412+00:00"]]}}');
INSERT INTO orleans.grain_state VALUES ('atlas', 'learning-key', 0, 7, '', 5, '2026-11-29 06:05:32.112035+00', '{"state": {"budget": null, "frozen": null, "pinned": null, "served": null, "applied": {"ranges": "4-6", "forgotten_up_to": 0}, "history": {"score_sum": 2.25, "low_streak": 0, "high_streak": 1, "score_count": 3, "total_count": 3}, "pending": [], "rewards": {"samples": "4 0.5 - -,5 0.75 - -,6 1 - -"}, "staging": null, "version": 1, "observed": {"ranges": "4-6", "forgotten_up_to": 0}, "playbook": {"entries": [], "metadata": {"last_evaluation": {"summary": {"failed": 0, "passed": 0, "weights": {"concision": 0.1, "generality": 0.3, "hookability": 0.2, "actionability": 0.4}, "accepted": true, "pass_rate": 0, "timestamp": "2026-11-29T06:05:32.012138+00:00", "gate_failures": {"cue": 0, "generality": 0, "actionability": 0}, "total_candidates": 0, "blocking_failures": 0, "provisional_count": 0, "average_weighted_score": 0}, "timestamp": "2026-11-29T06:05:32.012138+00:00", "candidates": []}, "last_updated_at": "2026-11-29T06:05:32.012138+00:00", "playbook_summary": {"failed": 0, "passed": 0, "weights": {"concision": 0.1, "generality": 0.3, "hookability": 0.2, "actionability": 0.4}, "accepted": true, "pass_rate": 0, "timestamp": "2026-11-29T06:05:32.012138+00:00", "gate_failures": {"cue": 0, "generality": 0, "actionability": 0}, "total_candidates": 0, "blocking_failures": 0, "provisional_count": 0, "average_weighted_score": 0}, "playbook_version": "playbook_entry.v1"}, "student_text": "", "teacher_text": null}, "revision": 5, "updated_at": "2026-11-29T06:05:31.5035349+00:00", "learning_key": "7", "content_sha256": "78f71aa99a540a2609c425fed0d97cab86c01a7621be17156c799a93ee319a48", "last_synthesis": {"at": "2026-11-29T06:05:32.0121384+00:00", "cost": null, "reason": "Only 3 rewarded sessions may teach; the offline synthesizer says nothing below 12.", "outcome": "silent", "retry_at": null, "synthesizer": "offline", "consecutive_failures": 0}, "synthesis_cost": null, "sessions_applied": 3, "sessions_observed": 3}, "outbox": [{"at": "2026-11-29T06:05:32.0121384+00:00", "cost": null, "type": "synthesis_concluded", "audit": null, "spent": 0, "author": "synthesizer:offline", "reason": "Only 3 rewarded sessions may teach; the offline synthesizer says nothing below 12.", "outcome": "silent", "metadata": {"last_evaluation": {"summary": {"failed": 0, "passed": 0, "weights": {"concision": 0.1, "generality": 0.3, "hookability": 0.2, "actionability": 0.4}, "accepted": true, "pass_rate": 0, "timestamp": "2026-11-29T06:05:32.012138+00:00", "gate_failures": {"cue": 0, "generality": 0, "actionability": 0}, "total_candidates": 0, "blocking_failures": 0, "provisional_count": 0, "average_weighted_score": 0}, "timestamp": "2026-11-29T06:05:32.012138+00:00", "candidates": []}, "last_updated_at": "2026-11-29T06:05:32.012138+00:00", "playbook_summary": {"failed": 0, "passed": 0, "weights": {"concision": 0.1, "generality": 0.3, "hookability": 0.2, "actionability": 0.4}, "accepted": true, "pass_rate": 0, "timestamp": "2026-11-29T06:05:32.012138+00:00", "gate_failures": {"cue": 0, "generality": 0, "actionability": 0}, "total_candidates": 0, "blocking_failures": 0, "provisional_count": 0, "average_weighted_score": 0}, "playbook_version": "playbook_entry.v1"}, "sequence": 5, "session_ids": [4, 5, 6], "synthesizer": "offline", "hourly_limit": 60}], "impacts": {"columns": ["sessions_observed", "sessions_with_hits", "sessions_without_hits", "total_cue_hits", "total_adoptions", "successful_adoptions", "failed_adoptions", "reward_with_sum", "reward_with_count", "reward_without_sum", "reward_without_count", "tokens_with_sum", "tokens_with_count", "tokens_without_sum", "tokens_without_count", "incident_ids", "incident_tags", "retry_sum", "retry_samples", "failure_events", "first_observed_at", "last_observed_at"], "figures": [[3, 0, 3, 0, 0, 0, 0, 0, 0, 2.25, 3, 0, 0, 0, 0, [], [], 0, 0, 0, "2026-11-29T06:05:31.549533+00:00", "2026-11-29T06:05:31.594065+00:00"], [3, 0, 3, 0, 0, 0, 0, 0, 0, 2.25, 3, 0, 0, 0, 0, [], [], 0, 0, 0, "2026-11-29T06:05:31.549533+00:00", "2026-11-29T06:05:31.594065+00:00"]]}}');
INSERT INTO orleans.grain_state VALUES ('atlas', 'learning-key', 0, 51966, '', 5, '2026-11-29 06:05:31.701986+00', '{"state": {"budget": null, "frozen": {"at": "2026-11-29T06:05:31.6978198+00:00", "author": "operator", "reason": "to begin with"}, "pinned": null, "served": null, "applied": {"ranges": "7-9", "forgotten_up_to": 0}, "history": {"score_sum": 2.25, "low_streak": 0, "high_streak": 1, "score_count": 3, "total_count": 3}, "pending": [7, 8, 9], "rewards": {"samples": "7 0.5 - -,8 0.75 - -,9 1 - -"}, "staging": null, "version": 1, "observed": {"ranges": "7-9", "forgotten_up_to": 0}, "playbook": {"entries": [], "metadata": {}, "student_text": "", "teacher_text": null}, "revision": 5, "updated_at": "2026-11-29T06:05:31.599504+00:00", "learning_key": "cafe", "content_sha256": "78f71aa99a540a2609c425fed0d97cab86c01a7621be17156c799a93ee319a48", "last_synthesis": null, "synthesis_cost": null, "sessions_applied": 3, "sessions_observed": 3}, "outbox": [{"at": "2026-11-29T06:05:31.6978198+00:00", "type": "key_frozen", "author": "operator", "reason": "to begin with", "sequence": 5}], "impacts": {"columns": ["sessions_observed", "sessions_with_hits", "sessions_without_hits", "total_cue_hits", "total_adoptions", "successful_adoptions", "failed_adoptions", "reward_with_sum", "reward_with_count", "reward_without_sum", "reward_without_count", "tokens_with_sum", "tokens_with_count", "tokens_without_sum", "tokens_without_count", "incident_ids", "incident_tags", "retry_sum", "retry_samples", "failure_events", "first_observed_at", "last_observed_at"], "figures": [[3, 0, 3, 0, 0, 0, 0, 0, 0, 2.25, 3, 0, 0, 0, 0, [], [], 0, 0, 0, "2026-11-29T06:05:31.618602+00:00", "2026-11-29T06:05:31.666574+00:00"], [3, 0, 3, 0, 0, 0, 0, 0, 0, 2.25, 3, 0, 0, 0, 0, [], [], 0, 0, 0, "2026-11-29T06:05:31.618602+00:00", "2026-11-29T06:05:31.666574+00:00"]]}}');
INSERT INTO orleans.reminder VALUES ('atlas', 'learningkey/support/refunds', 'resume-synthesis', -696702534, '2026-11-29 06:06:31.201057+00', 60000, 0);
INSERT INTO orleans.reminder VALUES ('atlas', 'learningkey/7', 'resume-synthesis', -280469066, '2026-11-29 06:06:31.547658+00', 60000, 0);
INSERT INTO orleans.reminder VALUES ('atlas', 'learningkey/cafe', 'resume-synthesis', 1188058514, '2026-11-29 06:06:31.617552+00', 60000, 0);
INSERT INTO orleans.schema_version VALUES (1, '0001_orleans.sql', '2026-11-29 06:05:20.950451');
INSERT INTO orleans.schema_version VALUES (2, '0002_sessions.sql', '2026-11-29 06:05:21.015099');
INSERT INTO orleans.schema_version VALUES (3, '0003_learning.sql', '2026-11-29 06:05:21.160039');
INSERT INTO orleans.schema_version VALUES (4, '0004_judging.sql', '2026-11-29 06:05:21.204875');
INSERT INTO orleans.schema_version VALUES (5, '0005_operations.sql', '2026-11-29 06:05:21.355023');
INSERT INTO orleans.schema_version VALUES (6, '0006_storage.sql', '2026-11-29 06:05:21.416563');
INSERT INTO orleans.schema_version VALUES (7, '0007_reports.sql', '2026-11-29 06:05:21.422809');
INSERT INTO orleans.schema_version VALUES (8, '0008_small_states.sql', '2026-11-29 06:05:21.437945');
INSERT INTO public.learning_journal VALUES ('support/refunds', 1, 'playbook_changed', NULL, 'operator', '2026-11-29 06:05:29.06184+00', '{"at": "2026-11-29T06:05:29.0618397+00:00", "type": "playbook_changed", "cause": "import", "author": "operator", "reason": "to begin with", "version": 1, "playbook": {"entries": [{"id": "look", "cue": {"type": "keyword", "pattern": "order", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Look first.", "runtime_handle": "get_order"}, "audience": "student", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}, {"id": "ask", "cue": {"type": "keyword", "pattern": "refund", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Ask.", "runtime_handle": null}, "audience": "teacher", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}], "metadata": {}, "student_text": "Look first.\nAsk before you refund.", "teacher_text": "Ask for the order."}, "sequence": 1, "session_ids": [], "content_sha256": "78f71aa99a540a2609c425fed0d97cab86c01a7621be17156c799a93ee319a48", "parent_version": 0, "student_sha256": "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6", "teacher_sha256": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4"}');
INSERT INTO public.learning_journal VALUES ('support/refunds', 2, 'session_observed', 1, 'runtime', '2026-11-29 06:05:31.293296+00', '{"at": "2026-11-29T06:05:31.2932956+00:00", "type": "session_observed", "author": "runtime", "outcome": {"score": 0.5, "usage": [], "failed": false, "status": "succeeded", "session_id": 1, "started_at": "2026-11-29T06:05:30.12767+00:00", "incident_id": null, "retry_count": null, "completed_at": "2026-11-29T06:05:30.9519155+00:00", "total_tokens": null, "incident_tags": [], "failure_events": 0, "best_uncertainty": null, "playbook_version": 1, "uncertainty_mean": null}, "teaches": true, "sequence": 2, "session_id": 1, "reward_window": 50, "counts_for_impact": true}');
INSERT INTO public.learning_journal VALUES ('support/refunds', 3, 'session_observed', 2, 'runtime', '2026-11-29 06:05:31.432174+00', '{"at": "2026-11-29T06:05:31.4321737+00:00", "type": "session_observed", "author": "runtime", "outcome": {"score": 0.75, "usage": [], "failed": false, "status": "succeeded", "session_id": 2, "started_at": "2026-11-29T06:05:31.382565+00:00", "incident_id": null, "retry_count": null, "completed_at": "2026-11-29T06:05:31.4035795+00:00", "total_tokens": null, "incident_tags": [], "failure_events": 0, "best_uncertainty": null, "playbook_version": 1, "uncertainty_mean": null}, "teaches": true, "sequence": 3, "session_id": 2, "reward_window": 50, "counts_for_impact": true}');
INSERT INTO public.learning_journal VALUES ('support/refunds', 4, 'session_observed', 3, 'runtime', '2026-11-29 06:05:31.487412+00', '{"at": "2026-11-29T06:05:31.4874122+00:00", "type": "session_observed", "author": "runtime", "outcome": {"score": 1, "usage": [], "failed": false, "status": "succeeded", "session_id": 3, "started_at": "2026-11-29T06:05:31.47064+00:00", "incident_id": null, "retry_count": null, "completed_at": "2026-11-29T06:05:31.4838532+00:00", "total_tokens": null, "incident_tags": [], "failure_events": 0, "best_uncertainty": null, "playbook_version": 1, "uncertainty_mean": null}, "teaches": true, "sequence": 4, "session_id": 3, "reward_window": 50, "counts_for_impact": true}');
INSERT INTO public.learning_journal VALUES ('7', 1, 'playbook_changed', NULL, 'operator', '2026-11-29 06:05:31.503535+00', '{"at": "2026-11-29T06:05:31.5035349+00:00", "type": "playbook_changed", "cause": "import", "author": "operator", "reason": "to begin with", "version": 1, "playbook": {"entries": [{"id": "look", "cue": {"type": "keyword", "pattern": "order", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Look first.", "runtime_handle": "get_order"}, "audience": "student", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}, {"id": "ask", "cue": {"type": "keyword", "pattern": "refund", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Ask.", "runtime_handle": null}, "audience": "teacher", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}], "metadata": {}, "student_text": "Look first.\nAsk before you refund.", "teacher_text": "Ask for the order."}, "sequence": 1, "session_ids": [], "content_sha256": "78f71aa99a540a2609c425fed0d97cab86c01a7621be17156c799a93ee319a48", "parent_version": 0, "student_sha256": "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6", "teacher_sha256": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4"}');
INSERT INTO public.learning_journal VALUES ('7', 2, 'session_observed', 4, 'runtime', '2026-11-29 06:05:31.549533+00', '{"at": "2026-11-29T06:05:31.5495334+00:00", "type": "session_observed", "author": "runtime", "outcome": {"score": 0.5, "usage": [], "failed": false, "status": "succeeded", "session_id": 4, "started_at": "2026-11-29T06:05:31.531115+00:00", "incident_id": null, "retry_count": null, "completed_at": "2026-11-29T06:05:31.5442656+00:00", "total_tokens": null, "incident_tags": [], "failure_events": 0, "best_uncertainty": null, "playbook_version": 1, "uncertainty_mean": null}, "teaches": true, "sequence": 2, "session_id": 4, "reward_window": 50, "counts_for_impact": true}');
INSERT INTO public.learning_journal VALUES ('7', 3, 'session_observed', 5, 'runtime', '2026-11-29 06:05:31.57282+00', '{"at": "2026-11-29T06:05:31.5728205+00:00", "type": "session_observed", "author": "runtime", "outcome": {"score": 0.75, "usage": [], "failed": false, "status": "succeeded", "session_id": 5, "started_at": "2026-11-29T06:05:31.554578+00:00", "incident_id": null, "retry_count": null, "completed_at": "2026-11-29T06:05:31.5661321+00:00", "total_tokens": null, "incident_tags": [], "failure_events": 0, "best_uncertainty": null, "playbook_version": 1, "uncertainty_mean": null}, "teaches": true, "sequence": 3, "session_id": 5, "reward_window": 50, "counts_for_impact": true}');
INSERT INTO public.learning_journal VALUES ('7', 4, 'session_observed', 6, 'runtime', '2026-11-29 06:05:31.594066+00', '{"at": "2026-11-29T06:05:31.5940658+00:00", "type": "session_observed", "author": "runtime", "outcome": {"score": 1, "usage": [], "failed": false, "status": "succeeded", "session_id": 6, "started_at": "2026-11-29T06:05:31.578547+00:00", "incident_id": null, "retry_count": null, "completed_at": "2026-11-29T06:05:31.5903959+00:00", "total_tokens": null, "incident_tags": [], "failure_events": 0, "best_uncertainty": null, "playbook_version": 1, "uncertainty_mean": null}, "teaches": true, "sequence": 4, "session_id": 6, "reward_window": 50, "counts_for_impact": true}');
INSERT INTO public.learning_journal VALUES ('cafe', 1, 'playbook_changed', NULL, 'operator', '2026-11-29 06:05:31.599504+00', '{"at": "2026-11-29T06:05:31.599504+00:00", "type": "playbook_changed", "cause": "import", "author": "operator", "reason": "to begin with", "version": 1, "playbook": {"entries": [{"id": "look", "cue": {"type": "keyword", "pattern": "order", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Look first.", "runtime_handle": "get_order"}, "audience": "student", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}, {"id": "ask", "cue": {"type": "keyword", "pattern": "refund", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Ask.", "runtime_handle": null}, "audience": "teacher", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}], "metadata": {}, "student_text": "Look first.\nAsk before you refund.", "teacher_text": "Ask for the order."}, "sequence": 1, "session_ids": [], "content_sha256": "78f71aa99a540a2609c425fed0d97cab86c01a7621be17156c799a93ee319a48", "parent_version": 0, "student_sha256": "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6", "teacher_sha256": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4"}');
INSERT INTO public.learning_journal VALUES ('cafe', 2, 'session_observed', 7, 'runtime', '2026-11-29 06:05:31.618602+00', '{"at": "2026-11-29T06:05:31.618602+00:00", "type": "session_observed", "author": "runtime", "outcome": {"score": 0.5, "usage": [], "failed": false, "status": "succeeded", "session_id": 7, "started_at": "2026-11-29T06:05:31.605822+00:00", "incident_id": null, "retry_count": null, "completed_at": "2026-11-29T06:05:31.6144428+00:00", "total_tokens": null, "incident_tags": [], "failure_events": 0, "best_uncertainty": null, "playbook_version": 1, "uncertainty_mean": null}, "teaches": true, "sequence": 2, "session_id": 7, "reward_window": 50, "counts_for_impact": true}');
INSERT INTO public.learning_journal VALUES ('cafe', 4, 'session_observed', 9, 'runtime', '2026-11-29 06:05:31.666575+00', '{"at": "2026-11-29T06:05:31.6665749+00:00", "type": "session_observed", "author": "runtime", "outcome": {"score": 1, "usage": [], "failed": false, "status": "succeeded", "session_id": 9, "started_at": "2026-11-29T06:05:31.654558+00:00", "incident_id": null, "retry_count": null, "completed_at": "2026-11-29T06:05:31.6637377+00:00", "total_tokens": null, "incident_tags": [], "failure_events": 0, "best_uncertainty": null, "playbook_version": 1, "uncertainty_mean": null}, "teaches": true, "sequence": 4, "session_id": 9, "reward_window": 50, "counts_for_impact": true}');
INSERT INTO public.learning_journal VALUES ('cafe', 5, 'key_frozen', NULL, 'operator', '2026-11-29 06:05:31.69782+00', '{"at": "2026-11-29T06:05:31.6978198+00:00", "type": "key_frozen", "author": "operator", "reason": "to begin with", "sequence": 5}');
INSERT INTO public.learning_journal VALUES ('support/refunds', 6, 'synthesis_concluded', NULL, 'synthesizer:offline', '2026-11-29 06:05:31.842157+00', '{"at": "2026-11-29T06:05:31.8421571+00:00", "cost": null, "type": "synthesis_concluded", "audit": null, "spent": 0, "author": "synthesizer:offline", "reason": "Only 3 rewarded sessions may teach; the offline synthesizer says nothing below 12.", "outcome": "silent", "metadata": {"last_evaluation": {"summary": {"failed": 0, "passed": 0, "weights": {"concision": 0.1, "generality": 0.3, "hookability": 0.2, "actionability": 0.4}, "accepted": true, "pass_rate": 0, "timestamp": "2026-11-29T06:05:31.842157+00:00", "gate_failures": {"cue": 0, "generality": 0, "actionability": 0}, "total_candidates": 0, "blocking_failures": 0, "provisional_count": 0, "average_weighted_score": 0}, "timestamp": "2026-11-29T06:05:31.842157+00:00", "candidates": []}, "last_updated_at": "2026-11-29T06:05:31.842157+00:00", "playbook_summary": {"failed": 0, "passed": 0, "weights": {"concision": 0.1, "generality": 0.3, "hookability": 0.2, "actionability": 0.4}, "accepted": true, "pass_rate": 0, "timestamp": "2026-11-29T06:05:31.842157+00:00", "gate_failures": {"cue": 0, "generality": 0, "actionability": 0}, "total_candidates": 0, "blocking_failures": 0, "provisional_count": 0, "average_weighted_score": 0}, "playbook_version": "playbook_entry.v1"}, "sequence": 6, "session_ids": [1, 2, 3], "synthesizer": "offline", "hourly_limit": 60}');
INSERT INTO public.learning_journal VALUES ('cafe', 3, 'session_observed', 8, 'runtime', '2026-11-29 06:05:31.638034+00', '{"at": "2026-11-29T06:05:31.638034+00:00", "type": "session_observed", "author": "runtime", "outcome": {"score": 0.75, "usage": [], "failed": false, "status": "succeeded", "session_id": 8, "started_at": "2026-11-29T06:05:31.626603+00:00", "incident_id": null, "retry_count": null, "completed_at": "2026-11-29T06:05:31.6338467+00:00", "total_tokens": null, "incident_tags": [], "failure_events": 0, "best_uncertainty": null, "playbook_version": 1, "uncertainty_mean": null}, "teaches": true, "sequence": 3, "session_id": 8, "reward_window": 50, "counts_for_impact": true}');
INSERT INTO public.learning_journal VALUES ('support/refunds', 5, 'playbook_changed', NULL, 'operator', '2026-11-29 06:05:31.671922+00', '{"at": "2026-11-29T06:05:31.6719217+00:00", "type": "playbook_changed", "cause": "import", "author": "operator", "reason": "to begin with", "version": 2, "playbook": {"entries": [{"id": "look", "cue": {"type": "keyword", "pattern": "order", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Look twice.", "runtime_handle": "get_order"}, "impact": {"retry_sum": 0, "incident_ids": [], "incident_tags": [], "retry_samples": 0, "failure_events": 0, "total_cue_hits": 0, "reward_with_sum": 0, "tokens_with_sum": 0, "total_adoptions": 0, "failed_adoptions": 0, "last_observed_at": "2026-11-29T06:05:31.487412+00:00", "first_observed_at": "2026-11-29T06:05:31.293295+00:00", "reward_with_count": 0, "sessions_observed": 3, "tokens_with_count": 0, "reward_without_sum": 2.25, "sessions_with_hits": 0, "tokens_without_sum": 0, "reward_without_count": 3, "successful_adoptions": 0, "tokens_without_count": 0, "sessions_without_hits": 3}, "audience": "student", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}, {"id": "ask", "cue": {"type": "keyword", "pattern": "refund", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Ask.", "runtime_handle": null}, "impact": {"retry_sum": 0, "incident_ids": [], "incident_tags": [], "retry_samples": 0, "failure_events": 0, "total_cue_hits": 0, "reward_with_sum": 0, "tokens_with_sum": 0, "total_adoptions": 0, "failed_adoptions": 0, "last_observed_at": "2026-11-29T06:05:31.487412+00:00", "first_observed_at": "2026-11-29T06:05:31.293295+00:00", "reward_with_count": 0, "sessions_observed": 3, "tokens_with_count": 0, "reward_without_sum": 2.25, "sessions_with_hits": 0, "tokens_without_sum": 0, "reward_without_count": 3, "successful_adoptions": 0, "tokens_without_count": 0, "sessions_without_hits": 3}, "audience": "teacher", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}], "metadata": {}, "student_text": "Look twice.\nAsk before you refund.", "teacher_text": "Ask for the order."}, "sequence": 5, "session_ids": [], "content_sha256": "1f1b1eb2e3ebd1982137f2d98b50527daaa80e4e78dd7e9da15221467ac8b8f4", "parent_version": 1, "student_sha256": "d74f60c69c4b7c582a5752522049bb1ecf25ec424dc950bbfe045ad2b4fa6ee8", "teacher_sha256": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4"}');
INSERT INTO public.learning_journal VALUES ('7', 5, 'synthesis_concluded', NULL, 'synthesizer:offline', '2026-11-29 06:05:32.012138+00', '{"at": "2026-11-29T06:05:32.0121384+00:00", "cost": null, "type": "synthesis_concluded", "audit": null, "spent": 0, "author": "synthesizer:offline", "reason": "Only 3 rewarded sessions may teach; the offline synthesizer says nothing below 12.", "outcome": "silent", "metadata": {"last_evaluation": {"summary": {"failed": 0, "passed": 0, "weights": {"concision": 0.1, "generality": 0.3, "hookability": 0.2, "actionability": 0.4}, "accepted": true, "pass_rate": 0, "timestamp": "2026-11-29T06:05:32.012138+00:00", "gate_failures": {"cue": 0, "generality": 0, "actionability": 0}, "total_candidates": 0, "blocking_failures": 0, "provisional_count": 0, "average_weighted_score": 0}, "timestamp": "2026-11-29T06:05:32.012138+00:00", "candidates": []}, "last_updated_at": "2026-11-29T06:05:32.012138+00:00", "playbook_summary": {"failed": 0, "passed": 0, "weights": {"concision": 0.1, "generality": 0.3, "hookability": 0.2, "actionability": 0.4}, "accepted": true, "pass_rate": 0, "timestamp": "2026-11-29T06:05:32.012138+00:00", "gate_failures": {"cue": 0, "generality": 0, "actionability": 0}, "total_candidates": 0, "blocking_failures": 0, "provisional_count": 0, "average_weighted_score": 0}, "playbook_version": "playbook_entry.v1"}, "sequence": 5, "session_ids": [4, 5, 6], "synthesizer": "offline", "hourly_limit": 60}');
INSERT INTO public.playbook_versions VALUES ('support/refunds', 1, 0, 'import', 'operator', 'to begin with', '{}', 'Look first.
Ask before you refund.', 'Ask for the order.', '24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '78f71aa99a540a2609c425fed0d97cab86c01a7621be17156c799a93ee319a48', '[{"id": "look", "cue": {"type": "keyword", "pattern": "order", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Look first.", "runtime_handle": "get_order"}, "audience": "student", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}, {"id": "ask", "cue": {"type": "keyword", "pattern": "refund", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Ask.", "runtime_handle": null}, "audience": "teacher", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}]', '{}', '2026-11-29 06:05:29.06184+00');
INSERT INTO public.playbook_versions VALUES ('7', 1, 0, 'import', 'operator', 'to begin with', '{}', 'Look first.
Ask before you refund.', 'Ask for the order.', '24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '78f71aa99a540a2609c425fed0d97cab86c01a7621be17156c799a93ee319a48', '[{"id": "look", "cue": {"type": "keyword", "pattern": "order", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Look first.", "runtime_handle": "get_order"}, "audience": "student", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}, {"id": "ask", "cue": {"type": "keyword", "pattern": "refund", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Ask.", "runtime_handle": null}, "audience": "teacher", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}]', '{}', '2026-11-29 06:05:31.503535+00');
INSERT INTO public.playbook_versions VALUES ('cafe', 1, 0, 'import', 'operator', 'to begin with', '{}', 'Look first.
Ask before you refund.', 'Ask for the order.', '24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '78f71aa99a540a2609c425fed0d97cab86c01a7621be17156c799a93ee319a48', '[{"id": "look", "cue": {"type": "keyword", "pattern": "order", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Look first.", "runtime_handle": "get_order"}, "audience": "student", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}, {"id": "ask", "cue": {"type": "keyword", "pattern": "refund", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Ask.", "runtime_handle": null}, "audience": "teacher", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}]', '{}', '2026-11-29 06:05:31.599504+00');
INSERT INTO public.playbook_versions VALUES ('support/refunds', 2, 1, 'import', 'operator', 'to begin with', '{}', 'Look twice.
Ask before you refund.', 'Ask for the order.', 'd74f60c69c4b7c582a5752522049bb1ecf25ec424dc950bbfe045ad2b4fa6ee8', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '1f1b1eb2e3ebd1982137f2d98b50527daaa80e4e78dd7e9da15221467ac8b8f4', '[{"id": "look", "cue": {"type": "keyword", "pattern": "order", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Look twice.", "runtime_handle": "get_order"}, "impact": {"retry_sum": 0, "incident_ids": [], "incident_tags": [], "retry_samples": 0, "failure_events": 0, "total_cue_hits": 0, "reward_with_sum": 0, "tokens_with_sum": 0, "total_adoptions": 0, "failed_adoptions": 0, "last_observed_at": "2026-11-29T06:05:31.487412+00:00", "first_observed_at": "2026-11-29T06:05:31.293295+00:00", "reward_with_count": 0, "sessions_observed": 3, "tokens_with_count": 0, "reward_without_sum": 2.25, "sessions_with_hits": 0, "tokens_without_sum": 0, "reward_without_count": 3, "successful_adoptions": 0, "tokens_without_count": 0, "sessions_without_hits": 3}, "audience": "student", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}, {"id": "ask", "cue": {"type": "keyword", "pattern": "refund", "description": ""}, "scope": {"category": "", "constraints": "", "applies_when": ""}, "action": {"arguments": {}, "tool_name": null, "imperative": "Ask.", "runtime_handle": null}, "impact": {"retry_sum": 0, "incident_ids": [], "incident_tags": [], "retry_samples": 0, "failure_events": 0, "total_cue_hits": 0, "reward_with_sum": 0, "tokens_with_sum": 0, "total_adoptions": 0, "failed_adoptions": 0, "last_observed_at": "2026-11-29T06:05:31.487412+00:00", "first_observed_at": "2026-11-29T06:05:31.293295+00:00", "reward_with_count": 0, "sessions_observed": 3, "tokens_with_count": 0, "reward_without_sum": 2.25, "sessions_with_hits": 0, "tokens_without_sum": 0, "reward_without_count": 3, "successful_adoptions": 0, "tokens_without_count": 0, "sessions_without_hits": 3}, "audience": "teacher", "provenance": {"status": {"category": "", "lifecycle": "active"}}, "expected_effect": ""}]', '{}', '2026-11-29 06:05:31.671922+00');
INSERT INTO public.sessions VALUES (1, 'Refund order 1042', 'succeeded', '{"review": {"require_approval": false, "include_all_statuses": false, "default_export_statuses": ["approved"]}, "learning_key": "support/refunds", "reward_stats": {"score": 0.5, "timestamp": "2026-11-29T06:05:30.951915+00:00", "score_mean": 0.5, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}, "reward_summary": {"score": 0.5, "score_stddev": 0}, "session_reward": {"raw": {"score": 0.5, "samples": [{"score": 0.5, "uncertainty": null}]}, "score": 0.5, "judges": [{"score": 0.5, "samples": [{"score": 0.5, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}, "learning_history": {"count": 0, "entries": [], "total_count": 0}, "applied_student_learning": {"digest": "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6", "char_count": 34, "entry_count": 2}, "applied_teacher_learning": {"digest": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4", "char_count": 18, "entry_count": 2}}', 'Done.', '{"raw": {"score": 0.5, "samples": [{"score": 0.5, "uncertainty": null}]}, "score": 0.5, "judges": [{"score": 0.5, "samples": [{"score": 0.5, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}', '{"score": 0.5, "timestamp": "2026-11-29T06:05:30.951915+00:00", "score_mean": 0.5, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}', NULL, NULL, NULL, 'approved', 'Auto-approved (review gating disabled).', '2026-11-29 06:05:30.12767+00', '2026-11-29 06:05:30.951915+00', DEFAULT, NULL, 1, '24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '{"tools": ["get_order"], "events": 1, "task_key": "556ba416b47c4084", "truncated": false, "task_words": ["order"], "tool_calls": 1, "student_words": [], "student_messages": 0}', NULL, NULL, 900, '2026-11-29 06:24:15.110017+00', DEFAULT);
INSERT INTO public.sessions VALUES (2, 'Refund order 1042', 'succeeded', '{"review": {"require_approval": false, "include_all_statuses": false, "default_export_statuses": ["approved"]}, "learning_key": "support/refunds", "reward_stats": {"score": 0.75, "timestamp": "2026-11-29T06:05:31.403579+00:00", "score_mean": 0.75, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}, "reward_summary": {"score": 0.75, "score_stddev": 0}, "session_reward": {"raw": {"score": 0.75, "samples": [{"score": 0.75, "uncertainty": null}]}, "score": 0.75, "judges": [{"score": 0.75, "samples": [{"score": 0.75, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}, "learning_history": {"count": 1, "limit": 10, "scores": [0.5], "entries": [{"reward": {"score": 0.5}, "created_at": null, "completed_at": null, "student_learning": null, "teacher_learning": null}], "total_count": 1, "average_score": 0.5, "overall_average_score": 0.5, "recent_low_score_streak": 0, "recent_high_score_streak": 0}, "applied_student_learning": {"digest": "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6", "char_count": 34, "entry_count": 2}, "applied_teacher_learning": {"digest": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4", "char_count": 18, "entry_count": 2}}', 'Done.', '{"raw": {"score": 0.75, "samples": [{"score": 0.75, "uncertainty": null}]}, "score": 0.75, "judges": [{"score": 0.75, "samples": [{"score": 0.75, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}', '{"score": 0.75, "timestamp": "2026-11-29T06:05:31.403579+00:00", "score_mean": 0.75, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}', NULL, NULL, NULL, 'approved', 'Auto-approved (review gating disabled).', '2026-11-29 06:05:31.382565+00', '2026-11-29 06:05:31.403579+00', DEFAULT, NULL, 1, '24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '{"tools": ["get_order"], "events": 1, "task_key": "556ba416b47c4084", "truncated": false, "task_words": ["order"], "tool_calls": 1, "student_words": [], "student_messages": 0}', NULL, NULL, 900, '2026-11-29 06:24:16.382089+00', DEFAULT);
INSERT INTO public.sessions VALUES (3, 'Refund order 1042', 'succeeded', '{"review": {"require_approval": false, "include_all_statuses": false, "default_export_statuses": ["approved"]}, "learning_key": "support/refunds", "reward_stats": {"score": 1, "timestamp": "2026-11-29T06:05:31.483853+00:00", "score_mean": 1, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}, "reward_summary": {"score": 1, "score_stddev": 0}, "session_reward": {"raw": {"score": 1, "samples": [{"score": 1, "uncertainty": null}]}, "score": 1, "judges": [{"score": 1, "samples": [{"score": 1, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}, "learning_history": {"count": 2, "limit": 10, "scores": [0.5, 0.75], "entries": [{"reward": {"score": 0.5}, "created_at": null, "completed_at": null, "student_learning": null, "teacher_learning": null}, {"reward": {"score": 0.75}, "created_at": null, "completed_at": null, "student_learning": null, "teacher_learning": null}], "total_count": 2, "average_score": 0.625, "overall_average_score": 0.625, "recent_low_score_streak": 0, "recent_high_score_streak": 0}, "applied_student_learning": {"digest": "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6", "char_count": 34, "entry_count": 2}, "applied_teacher_learning": {"digest": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4", "char_count": 18, "entry_count": 2}}', 'Done.', '{"raw": {"score": 1, "samples": [{"score": 1, "uncertainty": null}]}, "score": 1, "judges": [{"score": 1, "samples": [{"score": 1, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}', '{"score": 1, "timestamp": "2026-11-29T06:05:31.483853+00:00", "score_mean": 1, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}', NULL, NULL, NULL, 'approved', 'Auto-approved (review gating disabled).', '2026-11-29 06:05:31.47064+00', '2026-11-29 06:05:31.483853+00', DEFAULT, NULL, 1, '24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '{"tools": ["get_order"], "events": 1, "task_key": "556ba416b47c4084", "truncated": false, "task_words": ["order"], "tool_calls": 1, "student_words": [], "student_messages": 0}', NULL, NULL, 900, '2026-11-29 06:24:16.464847+00', DEFAULT);
INSERT INTO public.sessions VALUES (5, 'Refund order 1042', 'succeeded', '{"review": {"require_approval": false, "include_all_statuses": false, "default_export_statuses": ["approved"]}, "learning_key": "7", "reward_stats": {"score": 0.75, "timestamp": "2026-11-29T06:05:31.566132+00:00", "score_mean": 0.75, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}, "reward_summary": {"score": 0.75, "score_stddev": 0}, "session_reward": {"raw": {"score": 0.75, "samples": [{"score": 0.75, "uncertainty": null}]}, "score": 0.75, "judges": [{"score": 0.75, "samples": [{"score": 0.75, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}, "learning_history": {"count": 1, "limit": 10, "scores": [0.5], "entries": [{"reward": {"score": 0.5}, "created_at": null, "completed_at": null, "student_learning": null, "teacher_learning": null}], "total_count": 1, "average_score": 0.5, "overall_average_score": 0.5, "recent_low_score_streak": 0, "recent_high_score_streak": 0}, "applied_student_learning": {"digest": "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6", "char_count": 34, "entry_count": 2}, "applied_teacher_learning": {"digest": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4", "char_count": 18, "entry_count": 2}}', 'Done.', '{"raw": {"score": 0.75, "samples": [{"score": 0.75, "uncertainty": null}]}, "score": 0.75, "judges": [{"score": 0.75, "samples": [{"score": 0.75, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}', '{"score": 0.75, "timestamp": "2026-11-29T06:05:31.566132+00:00", "score_mean": 0.75, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}', NULL, NULL, NULL, 'approved', 'Auto-approved (review gating disabled).', '2026-11-29 06:05:31.554578+00', '2026-11-29 06:05:31.566132+00', DEFAULT, NULL, 1, '24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '{"tools": ["get_order"], "events": 1, "task_key": "556ba416b47c4084", "truncated": false, "task_words": ["order"], "tool_calls": 1, "student_words": [], "student_messages": 0}', NULL, NULL, 900, '2026-11-29 06:24:16.554242+00', DEFAULT);
INSERT INTO public.sessions VALUES (8, 'Refund order 1042', 'succeeded', '{"review": {"require_approval": false, "include_all_statuses": false, "default_export_statuses": ["approved"]}, "learning_key": "cafe", "reward_stats": {"score": 0.75, "timestamp": "2026-11-29T06:05:31.633846+00:00", "score_mean": 0.75, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}, "reward_summary": {"score": 0.75, "score_stddev": 0}, "session_reward": {"raw": {"score": 0.75, "samples": [{"score": 0.75, "uncertainty": null}]}, "score": 0.75, "judges": [{"score": 0.75, "samples": [{"score": 0.75, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}, "learning_history": {"count": 1, "limit": 10, "scores": [0.5], "entries": [{"reward": {"score": 0.5}, "created_at": null, "completed_at": null, "student_learning": null, "teacher_learning": null}], "total_count": 1, "average_score": 0.5, "overall_average_score": 0.5, "recent_low_score_streak": 0, "recent_high_score_streak": 0}, "applied_student_learning": {"digest": "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6", "char_count": 34, "entry_count": 2}, "applied_teacher_learning": {"digest": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4", "char_count": 18, "entry_count": 2}}', 'Done.', '{"raw": {"score": 0.75, "samples": [{"score": 0.75, "uncertainty": null}]}, "score": 0.75, "judges": [{"score": 0.75, "samples": [{"score": 0.75, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}', '{"score": 0.75, "timestamp": "2026-11-29T06:05:31.633846+00:00", "score_mean": 0.75, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}', NULL, NULL, NULL, 'approved', 'Auto-approved (review gating disabled).', '2026-11-29 06:05:31.626603+00', '2026-11-29 06:05:31.633846+00', DEFAULT, NULL, 1, '24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '{"tools": ["get_order"], "events": 1, "task_key": "556ba416b47c4084", "truncated": false, "task_words": ["order"], "tool_calls": 1, "student_words": [], "student_messages": 0}', NULL, NULL, 900, '2026-11-29 06:24:16.622793+00', DEFAULT);
INSERT INTO public.sessions VALUES (4, 'Refund order 1042', 'succeeded', '{"review": {"require_approval": false, "include_all_statuses": false, "default_export_statuses": ["approved"]}, "learning_key": "7", "reward_stats": {"score": 0.5, "timestamp": "2026-11-29T06:05:31.544265+00:00", "score_mean": 0.5, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}, "reward_summary": {"score": 0.5, "score_stddev": 0}, "session_reward": {"raw": {"score": 0.5, "samples": [{"score": 0.5, "uncertainty": null}]}, "score": 0.5, "judges": [{"score": 0.5, "samples": [{"score": 0.5, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}, "learning_history": {"count": 0, "entries": [], "total_count": 0}, "applied_student_learning": {"digest": "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6", "char_count": 34, "entry_count": 2}, "applied_teacher_learning": {"digest": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4", "char_count": 18, "entry_count": 2}}', 'Done.', '{"raw": {"score": 0.5, "samples": [{"score": 0.5, "uncertainty": null}]}, "score": 0.5, "judges": [{"score": 0.5, "samples": [{"score": 0.5, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}', '{"score": 0.5, "timestamp": "2026-11-29T06:05:31.544265+00:00", "score_mean": 0.5, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}', NULL, NULL, NULL, 'approved', 'Auto-approved (review gating disabled).', '2026-11-29 06:05:31.531115+00', '2026-11-29 06:05:31.544265+00', DEFAULT, NULL, 1, '24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '{"tools": ["get_order"], "events": 1, "task_key": "556ba416b47c4084", "truncated": false, "task_words": ["order"], "tool_calls": 1, "student_words": [], "student_messages": 0}', NULL, NULL, 900, '2026-11-29 06:24:16.530653+00', DEFAULT);
INSERT INTO public.sessions VALUES (6, 'Refund order 1042', 'succeeded', '{"review": {"require_approval": false, "include_all_statuses": false, "default_export_statuses": ["approved"]}, "learning_key": "7", "reward_stats": {"score": 1, "timestamp": "2026-11-29T06:05:31.590395+00:00", "score_mean": 1, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}, "reward_summary": {"score": 1, "score_stddev": 0}, "session_reward": {"raw": {"score": 1, "samples": [{"score": 1, "uncertainty": null}]}, "score": 1, "judges": [{"score": 1, "samples": [{"score": 1, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}, "learning_history": {"count": 2, "limit": 10, "scores": [0.5, 0.75], "entries": [{"reward": {"score": 0.5}, "created_at": null, "completed_at": null, "student_learning": null, "teacher_learning": null}, {"reward": {"score": 0.75}, "created_at": null, "completed_at": null, "student_learning": null, "teacher_learning": null}], "total_count": 2, "average_score": 0.625, "overall_average_score": 0.625, "recent_low_score_streak": 0, "recent_high_score_streak": 0}, "applied_student_learning": {"digest": "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6", "char_count": 34, "entry_count": 2}, "applied_teacher_learning": {"digest": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4", "char_count": 18, "entry_count": 2}}', 'Done.', '{"raw": {"score": 1, "samples": [{"score": 1, "uncertainty": null}]}, "score": 1, "judges": [{"score": 1, "samples": [{"score": 1, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}', '{"score": 1, "timestamp": "2026-11-29T06:05:31.590395+00:00", "score_mean": 1, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}', NULL, NULL, NULL, 'approved', 'Auto-approved (review gating disabled).', '2026-11-29 06:05:31.578547+00', '2026-11-29 06:05:31.590395+00', DEFAULT, NULL, 1, '24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '{"tools": ["get_order"], "events": 1, "task_key": "556ba416b47c4084", "truncated": false, "task_words": ["order"], "tool_calls": 1, "student_words": [], "student_messages": 0}', NULL, NULL, 900, '2026-11-29 06:24:16.577774+00', DEFAULT);
INSERT INTO public.sessions VALUES (7, 'Refund order 1042', 'succeeded', '{"review": {"require_approval": false, "include_all_statuses": false, "default_export_statuses": ["approved"]}, "learning_key": "cafe", "reward_stats": {"score": 0.5, "timestamp": "2026-11-29T06:05:31.614442+00:00", "score_mean": 0.5, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}, "reward_summary": {"score": 0.5, "score_stddev": 0}, "session_reward": {"raw": {"score": 0.5, "samples": [{"score": 0.5, "uncertainty": null}]}, "score": 0.5, "judges": [{"score": 0.5, "samples": [{"score": 0.5, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}, "learning_history": {"count": 0, "entries": [], "total_count": 0}, "applied_student_learning": {"digest": "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6", "char_count": 34, "entry_count": 2}, "applied_teacher_learning": {"digest": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4", "char_count": 18, "entry_count": 2}}', 'Done.', '{"raw": {"score": 0.5, "samples": [{"score": 0.5, "uncertainty": null}]}, "score": 0.5, "judges": [{"score": 0.5, "samples": [{"score": 0.5, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}', '{"score": 0.5, "timestamp": "2026-11-29T06:05:31.614442+00:00", "score_mean": 0.5, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}', NULL, NULL, NULL, 'approved', 'Auto-approved (review gating disabled).', '2026-11-29 06:05:31.605822+00', '2026-11-29 06:05:31.614442+00', DEFAULT, NULL, 1, '24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '{"tools": ["get_order"], "events": 1, "task_key": "556ba416b47c4084", "truncated": false, "task_words": ["order"], "tool_calls": 1, "student_words": [], "student_messages": 0}', NULL, NULL, 900, '2026-11-29 06:24:16.605408+00', DEFAULT);
INSERT INTO public.sessions VALUES (9, 'Refund order 1042', 'succeeded', '{"review": {"require_approval": false, "include_all_statuses": false, "default_export_statuses": ["approved"]}, "learning_key": "cafe", "reward_stats": {"score": 1, "timestamp": "2026-11-29T06:05:31.663737+00:00", "score_mean": 1, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}, "reward_summary": {"score": 1, "score_stddev": 0}, "session_reward": {"raw": {"score": 1, "samples": [{"score": 1, "uncertainty": null}]}, "score": 1, "judges": [{"score": 1, "samples": [{"score": 1, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}, "learning_history": {"count": 2, "limit": 10, "scores": [0.5, 0.75], "entries": [{"reward": {"score": 0.5}, "created_at": null, "completed_at": null, "student_learning": null, "teacher_learning": null}, {"reward": {"score": 0.75}, "created_at": null, "completed_at": null, "student_learning": null, "teacher_learning": null}], "total_count": 2, "average_score": 0.625, "overall_average_score": 0.625, "recent_low_score_streak": 0, "recent_high_score_streak": 0}, "applied_student_learning": {"digest": "24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6", "char_count": 34, "entry_count": 2}, "applied_teacher_learning": {"digest": "65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4", "char_count": 18, "entry_count": 2}}', 'Done.', '{"raw": {"score": 1, "samples": [{"score": 1, "uncertainty": null}]}, "score": 1, "judges": [{"score": 1, "samples": [{"score": 1, "rationale": "", "principles": [], "temperature": null, "uncertainty": null}], "escalated": false, "rationale": "", "identifier": "caller", "principles": [], "escalation_reason": null}], "rationale": null}', '{"score": 1, "timestamp": "2026-11-29T06:05:31.663737+00:00", "score_mean": 1, "sample_count": 1, "score_stddev": 0, "best_uncertainty": null, "uncertainty_mean": null, "uncertainty_stddev": null}', NULL, NULL, NULL, 'approved', 'Auto-approved (review gating disabled).', '2026-11-29 06:05:31.654558+00', '2026-11-29 06:05:31.663737+00', DEFAULT, NULL, 1, '24603c4b52990b4fe0bc58428543aec5973a1c4ee0c88759687b475d4de0cdc6', '65085335f5c26b9ea419dcb8242fe71c7741fdd2af98b9ee6e6b56f433c1fba4', '{"tools": ["get_order"], "events": 1, "task_key": "556ba416b47c4084", "truncated": false, "task_words": ["order"], "tool_calls": 1, "student_words": [], "student_messages": 0}', NULL, NULL, 900, '2026-11-29 06:24:16.653723+00', DEFAULT);
INSERT INTO public.trajectory_events VALUES (1, 1, '{"payload": {"UUID": "0a3f75a4-e9ac-4019-b89e-c0682e296bd3", "data": {"chunk": null, "input": null, "output": null}, "name": "get_order", "metadata": {"actor": "student"}, "event_type": "TOOL_START", "event_timestamp": 1795932330.473}, "parent_id": "root", "function_ancestry": {"parent_id": null, "function_id": "root", "parent_name": null, "function_name": "root"}}', '2026-11-29 06:05:30.802451+00', 0);
INSERT INTO public.trajectory_events VALUES (2, 2, '{"payload": {"UUID": "06d76ec4-c75b-4a08-b8e0-e2cb62aeeb0e", "data": {"chunk": null, "input": null, "output": null}, "name": "get_order", "metadata": {"actor": "student"}, "event_type": "TOOL_START", "event_timestamp": 1795932331.384}, "parent_id": "root", "function_ancestry": {"parent_id": null, "function_id": "root", "parent_name": null, "function_name": "root"}}', '2026-11-29 06:05:31.392996+00', 0);
INSERT INTO public.trajectory_events VALUES (3, 3, '{"payload": {"UUID": "df42c909-ae4c-4a12-97d6-cf4f0ff8c6a3", "data": {"chunk": null, "input": null, "output": null}, "name": "get_order", "metadata": {"actor": "student"}, "event_type": "TOOL_START", "event_timestamp": 1795932331.472}, "parent_id": "root", "function_ancestry": {"parent_id": null, "function_id": "root", "parent_name": null, "function_name": "root"}}', '2026-11-29 06:05:31.480383+00', 0);
INSERT INTO public.trajectory_events VALUES (4, 4, '{"payload": {"UUID": "3bf4dd6a-04fc-4dac-ba6e-6e1dd4aad6cb", "data": {"chunk": null, "input": null, "output": null}, "name": "get_order", "metadata": {"actor": "student"}, "event_type": "TOOL_START", "event_timestamp": 1795932331.532}, "parent_id": "root", "function_ancestry": {"parent_id": null, "function_id": "root", "parent_name": null, "function_name": "root"}}', '2026-11-29 06:05:31.54091+00', 0);
INSERT INTO public.trajectory_events VALUES (5, 5, '{"payload": {"UUID": "5d392827-3bf3-46e6-be56-590b181fc344", "data": {"chunk": null, "input": null, "output": null}, "name": "get_order", "metadata": {"actor": "student"}, "event_type": "TOOL_START", "event_timestamp": 1795932331.556}, "parent_id": "root", "function_ancestry": {"parent_id": null, "function_id": "root", "parent_name": null, "function_name": "root"}}', '2026-11-29 06:05:31.562865+00', 0);
INSERT INTO public.trajectory_events VALUES (6, 6, '{"payload": {"UUID": "26385ba4-1bbd-4286-b722-e2656b4d745c", "data": {"chunk": null, "input": null, "output": null}, "name": "get_order", "metadata": {"actor": "student"}, "event_type": "TOOL_START", "event_timestamp": 1795932331.579}, "parent_id": "root", "function_ancestry": {"parent_id": null, "function_id": "root", "parent_name": null, "function_name": "root"}}', '2026-11-29 06:05:31.587525+00', 0);
INSERT INTO public.trajectory_events VALUES (7, 7, '{"payload": {"UUID": "219cebe7-af22-4c36-b95d-278e5cfed83e", "data": {"chunk": null, "input": null, "output": null}, "name": "get_order", "metadata": {"actor": "student"}, "event_type": "TOOL_START", "event_timestamp": 1795932331.606}, "parent_id": "root", "function_ancestry": {"parent_id": null, "function_id": "root", "parent_name": null, "function_name": "root"}}', '2026-11-29 06:05:31.61141+00', 0);
INSERT INTO public.trajectory_events VALUES (8, 8, '{"payload": {"UUID": "42978598-6aa0-4137-8989-8d97f6e2dddf", "data": {"chunk": null, "input": null, "output": null}, "name": "get_order", "metadata": {"actor": "student"}, "event_type": "TOOL_START", "event_timestamp": 1795932331.627}, "parent_id": "root", "function_ancestry": {"parent_id": null, "function_id": "root", "parent_name": null, "function_name": "root"}}', '2026-11-29 06:05:31.630982+00', 0);
INSERT INTO public.trajectory_events VALUES (9, 9, '{"payload": {"UUID": "57f402b5-edfb-47ac-b0ec-978d5c3e701d", "data": {"chunk": null, "input": null, "output": null}, "name": "get_order", "metadata": {"actor": "student"}, "event_type": "TOOL_START", "event_timestamp": 1795932331.655}, "parent_id": "root", "function_ancestry": {"parent_id": null, "function_id": "root", "parent_name": null, "function_name": "root"}}', '2026-11-29 06:05:31.660938+00', 0);
SELECT pg_catalog.setval('orleans.schema_version_schemaversionsid_seq', 8, true);
SELECT pg_catalog.setval('public.discovery_runs_id_seq', 1, false);
SELECT pg_catalog.setval('public.review_decisions_id_seq', 1, false);
SELECT pg_catalog.setval('public.sessions_id_seq', 9, true);
SELECT pg_catalog.setval('public.trajectory_events_id_seq', 9, true);
ALTER TABLE ONLY orleans.schema_version
    ADD CONSTRAINT "PK_schema_version_Id" PRIMARY KEY (schemaversionsid);
ALTER TABLE ONLY orleans.cluster_member
    ADD CONSTRAINT cluster_member_pkey PRIMARY KEY (cluster_id, address, port, generation);
ALTER TABLE ONLY orleans.cluster_version
    ADD CONSTRAINT cluster_version_pkey PRIMARY KEY (cluster_id);
ALTER TABLE ONLY orleans.grain_state
    ADD CONSTRAINT grain_state_pkey PRIMARY KEY (service_id, grain_type, key_text, key_n0, key_n1);
ALTER TABLE ONLY orleans.reminder
    ADD CONSTRAINT reminder_pkey PRIMARY KEY (service_id, grain_id, name);
ALTER TABLE ONLY public.discovery_runs
    ADD CONSTRAINT discovery_runs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.guidance_notes
    ADD CONSTRAINT guidance_notes_pkey PRIMARY KEY (session_id, step_id, sequence);
ALTER TABLE ONLY public.learning_journal
    ADD CONSTRAINT learning_journal_pkey PRIMARY KEY (learning_key, sequence);
ALTER TABLE ONLY public.learning_outbox
    ADD CONSTRAINT learning_outbox_pkey PRIMARY KEY (session_id);
ALTER TABLE ONLY public.learning_registry_imported
    ADD CONSTRAINT learning_registry_imported_pkey PRIMARY KEY (learning_key);
ALTER TABLE ONLY public.plans
    ADD CONSTRAINT plans_pkey PRIMARY KEY (session_id);
ALTER TABLE ONLY public.playbook_versions
    ADD CONSTRAINT playbook_versions_pkey PRIMARY KEY (learning_key, version);
ALTER TABLE ONLY public.review_decisions
    ADD CONSTRAINT review_decisions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.session_judgings
    ADD CONSTRAINT session_judgings_pkey PRIMARY KEY (session_id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.step_attempts
    ADD CONSTRAINT step_attempts_pkey PRIMARY KEY (session_id, step_id, attempt);
ALTER TABLE ONLY public.step_results
    ADD CONSTRAINT step_results_pkey PRIMARY KEY (session_id, step_id);
ALTER TABLE ONLY public.trajectory_events
    ADD CONSTRAINT trajectory_events_pkey PRIMARY KEY (id);
CREATE INDEX grain_state_type_key_idx ON orleans.grain_state USING btree (grain_type, key_text);
CREATE INDEX reminder_hash_idx ON orleans.reminder USING btree (service_id, grain_hash);
CREATE INDEX discovery_runs_fingerprint_idx ON public.discovery_runs USING btree (fingerprint, id DESC) WHERE (fingerprint IS NOT NULL);
CREATE INDEX discovery_runs_root_idx ON public.discovery_runs USING btree (project_root, id DESC);
CREATE INDEX discovery_runs_task_idx ON public.discovery_runs USING btree (task, created_at DESC);
CREATE UNIQUE INDEX learning_journal_counted_key ON public.learning_journal USING btree (learning_key, session_id) WHERE (event_type = 'session_observed'::text);
CREATE INDEX learning_journal_review_idx ON public.learning_journal USING btree (learning_key, session_id, sequence DESC) WHERE (event_type = 'session_reviewed'::text);
CREATE INDEX learning_journal_switches_idx ON public.learning_journal USING btree (learning_key, sequence DESC) WHERE (event_type = ANY (ARRAY['key_staged'::text, 'key_unstaged'::text, 'version_promoted'::text, 'version_pinned'::text, 'version_unpinned'::text, 'key_frozen'::text, 'key_unfrozen'::text]));
CREATE INDEX learning_journal_synthesis_idx ON public.learning_journal USING btree (learning_key, occurred_at) WHERE (event_type = 'synthesis_concluded'::text);
CREATE INDEX learning_outbox_age_idx ON public.learning_outbox USING btree (created_at, session_id);
CREATE INDEX learning_outbox_key_idx ON public.learning_outbox USING btree (learning_key, session_id);
CREATE INDEX review_decisions_session_idx ON public.review_decisions USING btree (session_id, id);
CREATE INDEX session_judgings_due_idx ON public.session_judgings USING btree (due_at, session_id) WHERE (state = 'pending'::text);
CREATE INDEX sessions_created_at_idx ON public.sessions USING btree (created_at DESC);
CREATE INDEX sessions_discovery_fingerprint_idx ON public.sessions USING btree (discovery_fingerprint, id DESC) WHERE (discovery_fingerprint IS NOT NULL);
CREATE UNIQUE INDEX sessions_external_id_key ON public.sessions USING btree (external_id) WHERE (external_id IS NOT NULL);
CREATE INDEX sessions_learning_key_created_idx ON public.sessions USING btree (learning_key, created_at, id);
CREATE INDEX sessions_learning_key_id_idx ON public.sessions USING btree (learning_key, id DESC);
CREATE INDEX sessions_learning_key_idx ON public.sessions USING btree (((metadata ->> 'learning_key'::text)));
CREATE INDEX sessions_lease_idx ON public.sessions USING btree (lease_until) WHERE ((status = 'running'::text) AND (lease_until IS NOT NULL));
CREATE INDEX sessions_metadata_gin_idx ON public.sessions USING gin (metadata);
CREATE INDEX sessions_reward_score_idx ON public.sessions USING btree ((((reward_stats ->> 'score'::text))::double precision)) WHERE (reward_stats IS NOT NULL);
CREATE UNIQUE INDEX trajectory_events_session_sequence_key ON public.trajectory_events USING btree (session_id, sequence);
CREATE TRIGGER learning_key_inserted AFTER INSERT ON orleans.grain_state REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION orleans.record_learning_key_writes();
CREATE TRIGGER learning_key_overwritten AFTER UPDATE ON orleans.grain_state REFERENCING OLD TABLE AS overwritten NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION orleans.record_learning_key_writes();
ALTER TABLE ONLY orleans.cluster_member
    ADD CONSTRAINT cluster_member_cluster_id_fkey FOREIGN KEY (cluster_id) REFERENCES orleans.cluster_version(cluster_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.guidance_notes
    ADD CONSTRAINT guidance_notes_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.learning_outbox
    ADD CONSTRAINT learning_outbox_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.plans
    ADD CONSTRAINT plans_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.review_decisions
    ADD CONSTRAINT review_decisions_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.session_judgings
    ADD CONSTRAINT session_judgings_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.step_attempts
    ADD CONSTRAINT step_attempts_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.step_results
    ADD CONSTRAINT step_results_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.trajectory_events
    ADD CONSTRAINT trajectory_events_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON DELETE CASCADE;
