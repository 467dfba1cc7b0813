-- Trajectory events lie in partitions by the number of their session, so that old ones go by dropping a table and not row by row.
-- A database that exists keeps its table as the first partition: nothing is copied, it is read once to prove its bounds.

DO $d$
DECLARE
  numbers  text := pg_get_serial_sequence('public.trajectory_events', 'id');
  boundary bigint;
  part     record;
BEGIN
  IF (SELECT relkind FROM pg_class WHERE oid = 'public.trajectory_events'::regclass) = 'p' THEN
    RETURN;  -- the journal of scripts was lost
  END IF;
  LOCK TABLE public.sessions IN SHARE ROW EXCLUSIVE MODE;
  LOCK TABLE public.trajectory_events IN ACCESS EXCLUSIVE MODE;

  -- The check of every row against its session is made once for a statement by who appends, and by the ledger for everybody else. Nothing is
  -- looked up by an event's number.
  FOR part IN
    SELECT conname FROM pg_constraint WHERE conrelid = 'public.trajectory_events'::regclass AND contype IN ('f', 'p', 'u')
  LOOP
    EXECUTE format('ALTER TABLE public.trajectory_events DROP CONSTRAINT %I', part.conname);
  END LOOP;
  ALTER INDEX IF EXISTS public.trajectory_events_session_sequence_key RENAME TO trajectory_events_before_session_sequence_key;
  ALTER TABLE public.trajectory_events RENAME TO trajectory_events_before;

  IF EXISTS (SELECT 1 FROM public.trajectory_events_before) THEN
    CREATE TABLE public.trajectory_events (LIKE public.trajectory_events_before INCLUDING DEFAULTS) PARTITION BY RANGE (session_id);
  ELSE
    -- In the order that wastes no byte.
    CREATE TABLE public.trajectory_events (
      id         bigint      NOT NULL,
      session_id bigint      NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),                -- when it was stored; when it happened is in the event
      sequence   integer,
      event      jsonb       NOT NULL
    ) PARTITION BY RANGE (session_id);
  END IF;
  IF numbers IS NULL THEN
    CREATE SEQUENCE public.trajectory_events_id_seq;
    numbers := 'public.trajectory_events_id_seq';
  END IF;
  EXECUTE format('ALTER TABLE public.trajectory_events ALTER COLUMN id SET DEFAULT nextval(%L::regclass)', numbers);
  EXECUTE format('ALTER SEQUENCE %s OWNED BY public.trajectory_events.id', numbers);
  CREATE UNIQUE INDEX trajectory_events_session_sequence_key ON public.trajectory_events (session_id, sequence);

  IF EXISTS (SELECT 1 FROM public.trajectory_events_before) THEN
    SELECT 1 + greatest((SELECT coalesce(max(session_id), 0) FROM public.trajectory_events_before), (SELECT coalesce(max(id), 0) FROM public.sessions))
      INTO boundary;
    EXECUTE format('ALTER TABLE public.trajectory_events ATTACH PARTITION public.trajectory_events_before FOR VALUES FROM (MINVALUE) TO (%L)', boundary);
  ELSE
    DROP TABLE public.trajectory_events_before;
  END IF;

  -- Where an event goes whose partition is not made yet; it is moved when it is.
  CREATE TABLE public.trajectory_events_rest PARTITION OF public.trajectory_events DEFAULT;
END
$d$;

CREATE OR REPLACE VIEW orleans.event_partition AS
SELECT c.relname::text AS name, c.oid,
       nullif(substring(p.bounds FROM 'FROM \(''?(MINVALUE|-?\d+)'), 'MINVALUE')::bigint AS first_id,   -- null for the very first, and for the rest
       substring(p.bounds FROM 'TO \(''?(-?\d+)')::bigint                                AS end_id,     -- that is not in it any more; null for the rest
       p.bounds = 'DEFAULT' AS is_rest
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid, LATERAL (SELECT pg_get_expr(c.relpartbound, c.oid) AS bounds) p
 WHERE i.inhparent = to_regclass('public.trajectory_events');

-- Makes the next partition when less than half of one is left: of as many sessions as a week brings, between 100,000 and a million. A lock
-- that is not to be had is no harm, for events find a place all the same. Runs with the rights of its owner, since silos make no tables.
CREATE OR REPLACE FUNCTION orleans.make_event_partition(next_session bigint DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $f$
DECLARE
  width   bigint;
  top     bigint;
  first   bigint;
  fresh   text;
  columns text;
BEGIN
  IF next_session IS NULL THEN
    EXECUTE format('SELECT last_value + 1 FROM %s', pg_get_serial_sequence('public.sessions', 'id')) INTO next_session;
  END IF;
  SELECT max(end_id) INTO top FROM orleans.event_partition;
  IF top >= next_session + 500000 THEN
    RETURN NULL;
  END IF;
  SELECT least(greatest(count(*), 100000), 1000000) INTO width
    FROM (SELECT 1 FROM public.sessions WHERE created_at > now() - interval '7 days' LIMIT 1000000) s;
  IF top >= next_session + width / 2 THEN
    RETURN NULL;
  END IF;

  PERFORM pg_advisory_xact_lock(hashtextextended('atlas.event_partition', 0));
  SELECT max(end_id) INTO first FROM orleans.event_partition;
  IF first IS DISTINCT FROM top THEN
    RETURN NULL;  -- another silo was faster
  END IF;
  top := greatest(coalesce(first, 1), next_session) + width;
  fresh := format('trajectory_events_to_%s', top);
  EXECUTE format('CREATE TABLE public.%I (LIKE public.trajectory_events INCLUDING DEFAULTS)', fresh);
  EXECUTE 'LOCK TABLE public.trajectory_events_rest IN ACCESS EXCLUSIVE MODE';
  SELECT string_agg(quote_ident(attname), ', ') INTO columns
    FROM pg_attribute WHERE attrelid = 'public.trajectory_events'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
  EXECUTE format(
    'WITH moved AS (DELETE FROM public.trajectory_events_rest WHERE session_id < %1$L %2$s RETURNING %3$s) INSERT INTO public.%4$I (%3$s) SELECT %3$s FROM moved',
    top, CASE WHEN first IS NULL THEN '' ELSE format('AND session_id >= %L', first) END, columns, fresh);
  EXECUTE format('ALTER TABLE public.trajectory_events ATTACH PARTITION public.%I FOR VALUES FROM (%s) TO (%L)',
                 fresh, coalesce(quote_literal(first), 'MINVALUE'), top);
  RETURN fresh;
END
$f$;
SELECT orleans.make_event_partition();

-- Events go with their session, whoever deletes it.
CREATE OR REPLACE FUNCTION public.drop_events_of_sessions() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
  DELETE FROM public.trajectory_events WHERE session_id = ANY (ARRAY(SELECT id FROM gone));
  RETURN NULL;
END
$f$;
DROP TRIGGER IF EXISTS sessions_events_go ON public.sessions;
CREATE TRIGGER sessions_events_go AFTER DELETE ON public.sessions
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.drop_events_of_sessions();
