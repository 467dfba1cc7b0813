-- Records of sessions. Names, columns, types and defaults are those of the original Atlas database, so that its tools and
-- notebooks can read these rows; everything additional is added beside them, also to a database that it made.

CREATE TABLE IF NOT EXISTS public.sessions (
  id               serial      PRIMARY KEY,
  task             text        NOT NULL,
  status           text        NOT NULL DEFAULT 'running',      -- running, succeeded, failed
  metadata         jsonb,
  final_answer     text,
  reward           jsonb,
  reward_stats     jsonb,
  reward_audit     jsonb,
  student_learning text,
  teacher_learning text,
  review_status    text        NOT NULL DEFAULT 'pending',      -- pending, approved, quarantined
  review_notes     text,
  created_at       timestamptz NOT NULL DEFAULT now(),
  completed_at     timestamptz
);
-- Columns that early databases of the original lack.
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS review_status text NOT NULL DEFAULT 'pending';
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS review_notes text;
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS reward_stats jsonb;
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS reward_audit jsonb;
-- Columns that are ours.
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS learning_key text
  GENERATED ALWAYS AS (metadata ->> 'learning_key') STORED;
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS external_id text;              -- the caller's own identity of a session
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS playbook_version integer;      -- what the session was given
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS playbook_sha256 text;
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS teacher_playbook_sha256 text;
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS digest jsonb;                  -- what a synthesizer may see of it
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS reviewed_by text;
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS reviewed_at timestamptz;

CREATE INDEX IF NOT EXISTS sessions_learning_key_idx ON public.sessions ((metadata ->> 'learning_key'));
CREATE INDEX IF NOT EXISTS sessions_reward_score_idx ON public.sessions (((reward_stats ->> 'score')::float))
  WHERE reward_stats IS NOT NULL;
CREATE INDEX IF NOT EXISTS sessions_created_at_idx ON public.sessions (created_at DESC);
CREATE INDEX IF NOT EXISTS sessions_metadata_gin_idx ON public.sessions USING gin (metadata);
CREATE INDEX IF NOT EXISTS sessions_learning_key_id_idx ON public.sessions (learning_key, id DESC);
CREATE UNIQUE INDEX IF NOT EXISTS sessions_external_id_key ON public.sessions (external_id) WHERE external_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS public.plans (
  session_id integer PRIMARY KEY REFERENCES public.sessions (id) ON DELETE CASCADE,
  plan       jsonb   NOT NULL
);

CREATE TABLE IF NOT EXISTS public.step_results (
  session_id integer NOT NULL REFERENCES public.sessions (id) ON DELETE CASCADE,
  step_id    integer NOT NULL,
  trace      text,
  output     text,
  evaluation jsonb,
  attempts   integer,
  metadata   jsonb,
  PRIMARY KEY (session_id, step_id)
);

CREATE TABLE IF NOT EXISTS public.step_attempts (
  session_id integer NOT NULL REFERENCES public.sessions (id) ON DELETE CASCADE,
  step_id    integer NOT NULL,
  attempt    integer NOT NULL,                                  -- from 1
  evaluation jsonb,
  PRIMARY KEY (session_id, step_id, attempt)
);

CREATE TABLE IF NOT EXISTS public.guidance_notes (
  session_id integer NOT NULL REFERENCES public.sessions (id) ON DELETE CASCADE,
  step_id    integer NOT NULL,
  sequence   integer NOT NULL,                                  -- from 1
  note       text    NOT NULL,
  PRIMARY KEY (session_id, step_id, sequence)
);

CREATE TABLE IF NOT EXISTS public.trajectory_events (
  id         serial      PRIMARY KEY,
  session_id integer     NOT NULL REFERENCES public.sessions (id) ON DELETE CASCADE,
  event      jsonb       NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()                 -- when it was stored; when it happened is in the event
);
-- The event's number in its session: storing it again changes nothing. Rows of the original have none.
ALTER TABLE public.trajectory_events ADD COLUMN IF NOT EXISTS sequence integer;
CREATE UNIQUE INDEX IF NOT EXISTS trajectory_events_session_sequence_key
  ON public.trajectory_events (session_id, sequence);

CREATE TABLE IF NOT EXISTS public.discovery_runs (
  id           serial      PRIMARY KEY,
  project_root text        NOT NULL,
  task         text,
  source       text        NOT NULL DEFAULT 'discovery',        -- discovery, runtime
  payload      jsonb       NOT NULL,
  metadata     jsonb,
  created_at   timestamptz NOT NULL DEFAULT now()
);

-- Every word of a reviewer; sessions.review_status holds the last one.
CREATE TABLE IF NOT EXISTS public.review_decisions (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  session_id integer     NOT NULL REFERENCES public.sessions (id) ON DELETE CASCADE,
  status     text        NOT NULL,
  reviewer   text        NOT NULL,
  note       text,
  decided_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS review_decisions_session_idx ON public.review_decisions (session_id, id);
