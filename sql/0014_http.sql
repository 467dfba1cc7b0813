-- What the HTTP API keeps beside what is learned.

-- The number of a session's next event, for callers who append without numbers.
CREATE TABLE IF NOT EXISTS public.session_numbering (
  session_id    bigint  PRIMARY KEY,
  next_sequence integer NOT NULL
);

-- Under which numbers an operation appended, so that the same request again changes nothing.
CREATE TABLE IF NOT EXISTS public.api_appends (
  operation_id   text        PRIMARY KEY,
  session_id     bigint      NOT NULL,
  first_sequence integer     NOT NULL,
  created_at     timestamptz NOT NULL DEFAULT now()
);

-- Requests with an Idempotency-Key: begun while status is null, then with their answer. A silo that carries one out renews its lease.
CREATE TABLE IF NOT EXISTS public.api_requests (
  operation_id text        PRIMARY KEY,
  fingerprint  text        NOT NULL,
  status       integer,
  content_type text,
  body         bytea,
  lease_until  timestamptz NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS api_requests_age_idx ON public.api_requests (created_at);

-- An operation changes a key once: a second write of it fails as a whole.
CREATE UNIQUE INDEX IF NOT EXISTS learning_journal_operation_key
  ON public.learning_journal (learning_key, (event ->> 'operation_id'), event_type) WHERE event ->> 'operation_id' IS NOT NULL;

-- API keys: the key itself is shown once, and only its SHA-256 is kept.
CREATE TABLE IF NOT EXISTS public.api_keys (
  id                  text        PRIMARY KEY,
  name                text        NOT NULL,
  tenant              text        NOT NULL DEFAULT '',
  sha256              bytea       NOT NULL,
  scopes              text[]      NOT NULL,
  key_prefix          text        NOT NULL DEFAULT '',
  requests_per_second integer,
  created_at          timestamptz NOT NULL DEFAULT now(),
  created_by          text        NOT NULL,
  expires_at          timestamptz,
  revoked_at          timestamptz,
  revoked_by          text,
  last_used_at        timestamptz
);
CREATE INDEX IF NOT EXISTS api_keys_name_idx ON public.api_keys (tenant, name);

-- Who changed what through which door, and what came of it.
CREATE TABLE IF NOT EXISTS public.audit_log (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at           timestamptz NOT NULL DEFAULT now(),
  tenant       text        NOT NULL DEFAULT '',
  actor        text        NOT NULL,
  api_key_id   text,
  door         text        NOT NULL,
  address      text,
  action       text        NOT NULL,
  subject      text,
  status       integer     NOT NULL,
  request      jsonb,
  before       jsonb,
  after        jsonb
);
CREATE INDEX IF NOT EXISTS audit_log_tenant_idx ON public.audit_log (tenant, id DESC);
CREATE INDEX IF NOT EXISTS audit_log_subject_idx ON public.audit_log (subject, id DESC);

-- Entries that somebody proposes: candidates, in no prompt before they are accepted into a version.
CREATE TABLE IF NOT EXISTS public.entry_proposals (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  learning_key text        NOT NULL,
  entry        jsonb       NOT NULL,
  status       text        NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'accepted', 'declined')),
  proposed_by  text        NOT NULL,
  source       text,
  proposed_at  timestamptz NOT NULL DEFAULT now(),
  decided_by   text,
  decided_at   timestamptz
);
CREATE UNIQUE INDEX IF NOT EXISTS entry_proposals_same_key
  ON public.entry_proposals (learning_key, md5(entry::text)) WHERE status = 'pending';
CREATE INDEX IF NOT EXISTS entry_proposals_key_idx ON public.entry_proposals (learning_key, id);
