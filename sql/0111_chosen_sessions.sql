-- The sessions that a decision for many is about: the same request again decides these, and not those that match by then.
ALTER TABLE public.api_requests ADD COLUMN IF NOT EXISTS session_ids bigint[];
