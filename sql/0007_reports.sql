-- Reports read the sessions of a key in their order, page by page and without sorting.

CREATE INDEX IF NOT EXISTS sessions_learning_key_created_idx ON public.sessions (learning_key, created_at, id);

-- Looks at a project are found by the task they tried.
CREATE INDEX IF NOT EXISTS discovery_runs_task_idx ON public.discovery_runs (task, created_at DESC);
