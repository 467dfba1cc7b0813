-- Who is signed in to the console, and the one-time addresses that let somebody in. What the browser holds is not in here, only its hash.
CREATE TABLE IF NOT EXISTS orleans.console_credential (
  sha256     bytea       PRIMARY KEY,
  kind       text        NOT NULL CHECK (kind IN ('address', 'cookie')),
  key_id     text,                                                -- the API key that was shown; null for who came by an address
  name       text        NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS console_credential_expires_idx ON orleans.console_credential (expires_at);

-- A session that somebody has before them for review: nobody else is shown it meanwhile.
CREATE TABLE IF NOT EXISTS orleans.review_claim (
  session_id bigint      PRIMARY KEY,
  holder     text        NOT NULL,
  until      timestamptz NOT NULL
);

-- The queue of reviewers is short, and sessions are many.
CREATE INDEX IF NOT EXISTS sessions_waiting_for_review_idx ON public.sessions (stored_learning_key, id)
  WHERE review_status = 'pending' AND status <> 'running';
