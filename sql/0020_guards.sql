-- Each event of a learning key carries a hash over itself and the one before, so that a byte that was changed afterwards is found: by
-- `atlas doctor --ledger`, and against a head that was written down elsewhere (`atlas playbook show` prints it).
ALTER TABLE public.learning_journal ADD COLUMN IF NOT EXISTS sha256 bytea;

CREATE OR REPLACE FUNCTION orleans.journal_sha256(
  previous bytea, learning_key text, sequence bigint, event_type text, session_id bigint, author text, occurred_at timestamptz, event jsonb)
RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $f$
  SELECT sha256(coalesce(previous, ''::bytea) || convert_to(
           jsonb_build_array(learning_key, sequence, event_type, session_id, author, extract(epoch FROM occurred_at)::text, event)::text, 'UTF8'))
$f$;

CREATE OR REPLACE FUNCTION orleans.chain_journal() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
  -- Rows of the same statement come in order, and each sees those before it.
  NEW.sha256 := orleans.journal_sha256(
    (SELECT j.sha256 FROM public.learning_journal j WHERE j.learning_key = NEW.learning_key AND j.sequence = NEW.sequence - 1),
    NEW.learning_key, NEW.sequence, NEW.event_type, NEW.session_id, NEW.author, NEW.occurred_at, NEW.event);
  RETURN NEW;
END
$f$;

-- Events from before are taken as they stand.
DO $d$
DECLARE
  line record;
  last bytea;
  owner text;
BEGIN
  FOR line IN SELECT * FROM public.learning_journal ORDER BY learning_key, sequence LOOP
    IF owner IS DISTINCT FROM line.learning_key THEN
      owner := line.learning_key;
      last := NULL;
    END IF;
    last := orleans.journal_sha256(last, line.learning_key, line.sequence, line.event_type, line.session_id, line.author, line.occurred_at, line.event);
    UPDATE public.learning_journal SET sha256 = last WHERE learning_key = line.learning_key AND sequence = line.sequence AND sha256 IS DISTINCT FROM last;
  END LOOP;
END
$d$;
DROP TRIGGER IF EXISTS learning_journal_chain ON public.learning_journal;
CREATE TRIGGER learning_journal_chain BEFORE INSERT ON public.learning_journal FOR EACH ROW EXECUTE FUNCTION orleans.chain_journal();

-- What the scripts made: indexes, triggers and constraints as they were when the last script had been applied. Silos look every minute
-- whether all of it is still there.
CREATE TABLE IF NOT EXISTS orleans.schema_object (
  kind         text    NOT NULL,                                -- index, trigger, constraint
  name         text    NOT NULL,                                -- of its table, and its own
  definition   text    NOT NULL,                                -- as the server of that time words it
  server_major integer NOT NULL,
  PRIMARY KEY (kind, name)
);
CREATE OR REPLACE VIEW orleans.schema_object_now AS
WITH tables AS (
  SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v')
     AND (n.nspname = 'orleans' AND c.relname <> 'schema_object'
          OR n.nspname = 'public' AND c.relname IN (
            'sessions', 'plans', 'step_results', 'step_attempts', 'guidance_notes', 'trajectory_events', 'discovery_runs', 'review_decisions',
            'learning_outbox', 'learning_journal', 'playbook_versions', 'learning_registry', 'learning_registry_imported', 'session_judgings',
            'session_faults', 'session_redactions', 'outside_reviews', 'session_numbering', 'api_appends', 'api_requests', 'api_keys', 'audit_log',
            'entry_proposals', 'budgets', 'budget_days', 'budget_reservations')))
SELECT 'index' AS kind, t.name || ' ' || c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition, i.indisvalid AND i.indisready AS valid
  FROM tables t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid = i.indexrelid
UNION ALL
SELECT 'trigger', t.name || ' ' || g.tgname, pg_get_triggerdef(g.oid), g.tgenabled <> 'D'
  FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
UNION ALL
SELECT 'constraint', t.name || ' ' || o.conname, pg_get_constraintdef(o.oid), o.convalidated
  FROM tables t JOIN pg_constraint o ON o.conrelid = t.oid AND o.contype IN ('c', 'f', 'p', 'u');

-- By which rules each silo learns; those of one cluster must be the same.
CREATE TABLE IF NOT EXISTS orleans.silo_rules (
  cluster_id text        NOT NULL,
  silo_name  text        NOT NULL,
  sha256     text        NOT NULL,
  seen_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (cluster_id, silo_name)
);
