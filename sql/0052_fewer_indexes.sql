-- Indexes that no statement of Atlas is served by cost more than the rows of some sessions: the one over all metadata was the largest of
-- its table. A tool of the original makes it again when it connects, for itself.
DROP INDEX IF EXISTS public.sessions_metadata_gin_idx;

-- What it was good for: sessions with an alarm that nobody has looked at.
CREATE INDEX IF NOT EXISTS sessions_drift_alarm_idx ON public.sessions (stored_learning_key)
  WHERE metadata @> '{"drift": {"alert": true}}' AND review_status = 'pending' AND status <> 'running';
