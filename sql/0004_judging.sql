-- Judging of finished sessions, and the lease of running ones.

-- Sessions that a judge is or was asked about. A row comes with the end of the session and stays: while it is pending its
-- learning key is not told of the session; what settles it writes reward, review and outbox in the same transaction.
CREATE TABLE IF NOT EXISTS public.session_judgings (
  session_id        integer     PRIMARY KEY REFERENCES public.sessions (id) ON DELETE CASCADE,
  state             text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'judged', 'failed')),
  attempts          integer     NOT NULL DEFAULT 0,             -- begun, the one that is under way included
  due_at            timestamptz NOT NULL,                       -- not before; while a silo judges, until when it is its own
  judge             text,                                       -- who gave the reward
  reason            text,                                       -- why there is none, or why the last attempt gave none
  calls             integer     NOT NULL DEFAULT 0,             -- of language models, over all attempts
  prompt_tokens     bigint      NOT NULL DEFAULT 0,
  completion_tokens bigint      NOT NULL DEFAULT 0,
  requested_at      timestamptz NOT NULL DEFAULT now(),
  finished_at       timestamptz
);
CREATE INDEX IF NOT EXISTS session_judgings_due_idx ON public.session_judgings (due_at, session_id) WHERE state = 'pending';

-- The lease: a running session that nothing is heard of for so long is closed. lease_until is never before the true end of
-- the lease and is written once in a while only, so that records need no second write.
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS lease_seconds integer;             -- null or 0: none
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS lease_until timestamptz;
CREATE INDEX IF NOT EXISTS sessions_lease_idx ON public.sessions (lease_until) WHERE status = 'running' AND lease_until IS NOT NULL;

-- What a version cost is told by the synthesis that was concluded with it, at the same time.
CREATE INDEX IF NOT EXISTS learning_journal_synthesis_idx
  ON public.learning_journal (learning_key, occurred_at) WHERE event_type = 'synthesis_concluded';
