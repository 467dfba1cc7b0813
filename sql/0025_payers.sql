-- Who pays for what Atlas itself asks models about a session: the owner of a budget, 'key:TENANT/NAME'. Null for a session that came through no API key.
ALTER TABLE public.sessions ADD COLUMN IF NOT EXISTS paid_by text;
