-- A fixed panel of past sessions that the judge is asked about again and again: the sessions stay what they were, so that whatever changes is the judge.
CREATE TABLE IF NOT EXISTS orleans.judge_panel (
  session_id integer     PRIMARY KEY REFERENCES public.sessions (id) ON DELETE CASCADE,
  outcome    double precision,                                    -- the reward that the session brought, 0 to 1; null where a judge gave it
  due_at     timestamptz NOT NULL                                 -- not before; while a silo asks, until when it is its own
);
CREATE INDEX IF NOT EXISTS judge_panel_due_idx ON orleans.judge_panel (due_at, session_id);

-- What was answered each time.
CREATE TABLE IF NOT EXISTS orleans.judge_panel_answer (
  session_id        integer          NOT NULL REFERENCES orleans.judge_panel (session_id) ON DELETE CASCADE,
  judged_at         timestamptz      NOT NULL,
  judge             text             NOT NULL,
  score             double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
  calls             integer          NOT NULL DEFAULT 0,
  prompt_tokens     bigint           NOT NULL DEFAULT 0,
  completion_tokens bigint           NOT NULL DEFAULT 0,
  PRIMARY KEY (session_id, judged_at)
);
