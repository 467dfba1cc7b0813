-- The learning key of calls that come in through the proxy with this API key and name none.
ALTER TABLE public.api_keys ADD COLUMN IF NOT EXISTS default_key text;
