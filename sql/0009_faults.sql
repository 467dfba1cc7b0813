-- Faults of Atlas itself while a session was completed, judged or counted. What they touched went on; a person should know.

CREATE TABLE IF NOT EXISTS public.session_faults (
  session_id   bigint      NOT NULL,
  stage        text        NOT NULL CHECK (stage IN ('completion', 'judgement', 'counting')),
  learning_key text,
  fault        text        NOT NULL,                            -- kind and message of the failure
  times        integer     NOT NULL DEFAULT 1,
  first_at     timestamptz NOT NULL DEFAULT now(),
  last_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (session_id, stage)
);

-- A session that its learning key cannot count is told again after a growing pause, so that it keeps no other from being told.
ALTER TABLE public.learning_outbox ADD COLUMN IF NOT EXISTS attempts integer NOT NULL DEFAULT 0;
ALTER TABLE public.learning_outbox ADD COLUMN IF NOT EXISTS due_at timestamptz NOT NULL DEFAULT '-infinity';
