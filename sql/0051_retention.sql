-- Retention: what of old sessions goes, and what stays whatever its age.

-- Sessions that something which is alive rests on: an entry of a version that is served, on trial or the newest cites them, or they wait to teach.
CREATE OR REPLACE FUNCTION orleans.cited_sessions() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
  WITH states AS MATERIALIZED (
    SELECT key_text AS learning_key, payload -> 'state' AS state FROM orleans.grain_state WHERE grain_type = 'learning-key' AND payload IS NOT NULL),
  living AS (
    SELECT DISTINCT s.learning_key, v.version::integer AS version
      FROM states s, LATERAL unnest(ARRAY[
        s.state ->> 'version', s.state #>> '{served,version}', s.state #>> '{trials,parent,version}', s.state #>> '{trials,on_trial,version}',
        s.state #>> '{trials,first_arm,version}', s.state #>> '{trials,new_arm,version}']) AS v (version)
     WHERE v.version IS NOT NULL),
  entries AS MATERIALIZED (
    SELECT l.learning_key, e.entry ->> 'id' AS id, e.entry #>> '{provenance,source_session_id}' AS source
      FROM living l JOIN public.playbook_versions p ON p.learning_key = l.learning_key AND p.version = l.version,
           LATERAL jsonb_array_elements(p.entries) AS e (entry))
  SELECT source::bigint FROM entries WHERE source ~ '^\d{1,18}$'
  UNION
  SELECT c.id::bigint
    FROM public.learning_journal j, LATERAL jsonb_each(j.event -> 'basis') AS b (entry, sessions), LATERAL jsonb_array_elements_text(b.sessions) AS c (id)
   WHERE j.event_type = 'synthesis_concluded' AND jsonb_typeof(j.event -> 'basis') = 'object'
     AND EXISTS (SELECT 1 FROM entries e WHERE e.learning_key = j.learning_key AND e.id = b.entry)
  UNION
  SELECT p.id::bigint FROM states s, LATERAL jsonb_array_elements_text(CASE WHEN jsonb_typeof(s.state -> 'pending') = 'array' THEN s.state -> 'pending' ELSE '[]' END) AS p (id)
$f$;

-- Whether nothing is to come of a session any more, and it ended before then.
CREATE OR REPLACE FUNCTION orleans.is_past(session public.sessions, before timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $f$
  SELECT session.status <> 'running' AND coalesce(session.completed_at, session.created_at) < before
     AND NOT EXISTS (SELECT 1 FROM public.learning_outbox o WHERE o.session_id = session.id)
     AND NOT EXISTS (SELECT 1 FROM public.session_judgings g WHERE g.session_id = session.id AND g.state = 'pending')
     AND NOT EXISTS (SELECT 1 FROM public.outside_reviews r WHERE r.session_id = session.id)
$f$;

-- Partitions all of whose sessions are past, but for those that are kept. What was not ended by now was begun by now.
CREATE OR REPLACE FUNCTION orleans.past_event_partitions(before timestamptz, kept bigint[])
RETURNS TABLE (name text, events bigint, kept_events bigint, bytes bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
DECLARE
  part  record;
  given bigint;
BEGIN
  EXECUTE format('SELECT last_value FROM %s', pg_get_serial_sequence('public.sessions', 'id')) INTO given;
  FOR part IN SELECT p.name, p.first_id, p.end_id, p.oid FROM orleans.event_partition p WHERE p.end_id <= given ORDER BY p.end_id LOOP
    CONTINUE WHEN EXISTS (
      SELECT 1 FROM public.sessions s
       WHERE s.id < part.end_id AND (part.first_id IS NULL OR s.id >= part.first_id) AND NOT orleans.is_past(s, before) AND s.id <> ALL (kept));
    EXECUTE format('SELECT count(*), count(*) FILTER (WHERE session_id = ANY ($1)) FROM public.%I', part.name) INTO events, kept_events USING kept;
    IF events > kept_events OR events = 0 THEN
      name := part.name;
      bytes := pg_total_relation_size(part.oid);
      RETURN NEXT;
    END IF;
  END LOOP;
END
$f$;

-- Drops one of them; events of sessions that are kept get a partition of the same bounds. Returns how many events went.
CREATE OR REPLACE FUNCTION orleans.drop_event_partition(of_name text, kept bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $f$
DECLARE
  part    record;
  columns text;
  fresh   text;
  before  bigint;
  stay    bigint := 0;
BEGIN
  -- Counted before everybody has to wait: nothing is added to it any more.
  IF EXISTS (SELECT 1 FROM orleans.event_partition p WHERE p.name = of_name AND NOT p.is_rest) THEN
    EXECUTE format('SELECT count(*) FROM public.%I', of_name) INTO before;
  END IF;
  LOCK TABLE public.trajectory_events IN ACCESS EXCLUSIVE MODE;
  SELECT * INTO part FROM orleans.event_partition p WHERE p.name = of_name AND NOT p.is_rest;
  IF NOT FOUND THEN
    RETURN NULL;  -- another silo was faster
  END IF;
  EXECUTE format('ALTER TABLE public.trajectory_events DETACH PARTITION public.%I', of_name);
  IF EXISTS (SELECT 1 FROM unnest(kept) AS k (id) WHERE k.id < part.end_id AND (part.first_id IS NULL OR k.id >= part.first_id)) THEN
    fresh := format('trajectory_events_of_%s', txid_current());
    EXECUTE format('CREATE TABLE public.%I (LIKE public.trajectory_events INCLUDING DEFAULTS)', fresh);
    SELECT string_agg(quote_ident(attname), ', ') INTO columns
      FROM pg_attribute WHERE attrelid = 'public.trajectory_events'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
    EXECUTE format('INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM public.%3$I WHERE session_id = ANY ($1)', fresh, columns, of_name) USING kept;
    GET DIAGNOSTICS stay = ROW_COUNT;
    IF stay > 0 THEN
      EXECUTE format('ALTER TABLE public.trajectory_events ATTACH PARTITION public.%I FOR VALUES FROM (%s) TO (%L)',
                     fresh, coalesce(quote_literal(part.first_id), 'MINVALUE'), part.end_id);
    ELSE
      EXECUTE format('DROP TABLE public.%I', fresh);
    END IF;
  END IF;
  EXECUTE format('DROP TABLE public.%I', of_name);
  RETURN before - stay;
END
$f$;

-- Sessions that are past and still have events, in the order of their numbers, behind one.
CREATE OR REPLACE FUNCTION orleans.past_sessions_with_events(before timestamptz, kept bigint[], behind bigint, most integer) RETURNS SETOF bigint
LANGUAGE sql STABLE AS $f$
  SELECT s.id FROM public.sessions s
   WHERE s.id > greatest(behind, (SELECT CASE WHEN bool_or(p.first_id IS NULL) THEN 0 ELSE min(p.first_id) - 1 END FROM orleans.event_partition p WHERE NOT p.is_rest))
     AND s.created_at < before AND s.id <> ALL (kept) AND orleans.is_past(s, before)
     AND EXISTS (SELECT 1 FROM public.trajectory_events e WHERE e.session_id = s.id)
   ORDER BY s.id LIMIT most
$f$;

-- Takes sessions out whose time is over. What was learned from them stays: the journal has their outcomes, and the fold their counts.
CREATE OR REPLACE FUNCTION public.remove_sessions(of_ids bigint[]) RETURNS bigint LANGUAGE plpgsql AS $f$
DECLARE
  gone bigint;
BEGIN
  DELETE FROM public.api_appends WHERE session_id = ANY (of_ids);
  DELETE FROM public.session_numbering WHERE session_id = ANY (of_ids);
  DELETE FROM public.session_faults WHERE session_id = ANY (of_ids);
  DELETE FROM orleans.stamped_session WHERE session_id = ANY (of_ids);
  DELETE FROM orleans.review_claim WHERE session_id = ANY (of_ids);
  DELETE FROM public.sessions WHERE id = ANY (of_ids);
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END
$f$;

CREATE OR REPLACE FUNCTION orleans.grant_roles() RETURNS void LANGUAGE plpgsql AS $f$
DECLARE
  owner oid := (SELECT nspowner FROM pg_namespace WHERE nspname = 'orleans');
  thing record;
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'atlas_client') THEN
    EXECUTE 'GRANT USAGE ON SCHEMA orleans TO atlas_client';
    EXECUTE 'GRANT SELECT ON orleans.cluster_version, orleans.cluster_member, orleans.orleansquery TO atlas_client';
    IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relname = 'orleansquery' AND c.relowner = owner) THEN
      EXECUTE 'GRANT SELECT ON public.orleansquery TO atlas_client';
    END IF;
  END IF;

  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'atlas_silo') THEN
    EXECUTE 'GRANT USAGE ON SCHEMA orleans TO atlas_silo';
    FOR thing IN
      SELECT c.relkind, format('%I.%I', n.nspname, c.relname) AS name
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('orleans', 'public') AND c.relowner = owner AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    LOOP
      IF thing.relkind = 'S' THEN
        EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO atlas_silo', thing.name);
      ELSE
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO atlas_silo', thing.name);
      END IF;
    END LOOP;

    -- Which scripts were applied is the owner's to say.
    EXECUTE 'REVOKE INSERT, UPDATE, DELETE ON orleans.schema_version FROM atlas_silo';
  END IF;

  -- What runs with the owner's rights is for silos alone. A backup that is put back has it for everybody again, so it is said here.
  FOR thing IN
    SELECT p.oid::regprocedure::text AS name, p.prosecdef AS for_silos
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = 'orleans' AND p.proowner = owner AND (p.prosecdef OR p.proname IN ('grant_roles', 'make_roles'))
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', thing.name);
    IF thing.for_silos AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'atlas_silo') THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO atlas_silo', thing.name);
    END IF;
  END LOOP;
END
$f$;
