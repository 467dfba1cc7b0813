-- What was drawn for a session at its start, so that its reward tells what a playbook, a version and each entry is worth:
-- {"unit": ..., "task": identity, "m": expected reward, "holdout": {"salt", "p", "shown"}, "canary": {...},
--  "entries": [{"entry", "sha", "p", "shown"}], "barred": [id]}. Null where nothing was drawn: all that is counted of a trial is
-- computed from this, so that it can be computed again and taken back.
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS assignment jsonb;
