-- What API keys and tenants may spend on a day, which ends at midnight UTC, and what they have: reserved before a call is made, and put
-- right when it is known what it took. An owner is 'key:TENANT/NAME', so that a rotated key goes on with what was spent, or 'tenant:NAME'.
CREATE TABLE IF NOT EXISTS public.budgets (
  owner          text    PRIMARY KEY,
  tokens_per_day bigint  CHECK (tokens_per_day >= 0),
  usd_per_day    numeric CHECK (usd_per_day >= 0)
);
CREATE TABLE IF NOT EXISTS public.budget_days (
  owner  text    NOT NULL,
  day    date    NOT NULL,
  tokens bigint  NOT NULL DEFAULT 0,
  usd    numeric NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, day)
);
-- One that is never settled counts as spent: nobody knows that it was not.
CREATE TABLE IF NOT EXISTS public.budget_reservations (
  id         text        PRIMARY KEY,
  owners     text[]      NOT NULL,
  day        date        NOT NULL,
  tokens     bigint      NOT NULL,
  usd        numeric     NOT NULL,
  settled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS budget_reservations_age_idx ON public.budget_reservations (created_at);

-- Reserves for all owners or for none. Returns the owner whose budget does not suffice, or null. Owners are locked in one order.
CREATE OR REPLACE FUNCTION public.reserve_budget(of_id text, of_owners text[], want_tokens bigint, want_usd numeric) RETURNS text
LANGUAGE plpgsql AS $f$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  one   record;
BEGIN
  IF EXISTS (SELECT 1 FROM public.budget_reservations WHERE id = of_id) THEN
    RETURN NULL;
  END IF;
  INSERT INTO public.budget_days (owner, day) SELECT o, today FROM unnest(of_owners) AS t (o) ORDER BY 1 ON CONFLICT DO NOTHING;
  IF FOUND THEN
    -- With an owner's first call of a day goes what is long over.
    DELETE FROM public.budget_days WHERE owner = ANY (of_owners) AND day < today - 40;
    DELETE FROM public.budget_reservations r WHERE r.created_at < now() - interval '40 days';
  END IF;
  FOR one IN
    SELECT d.owner, d.tokens, d.usd, b.tokens_per_day, b.usd_per_day
      FROM public.budget_days d LEFT JOIN public.budgets b USING (owner)
     WHERE d.owner = ANY (of_owners) AND d.day = today ORDER BY d.owner FOR UPDATE OF d
  LOOP
    IF one.tokens + want_tokens > one.tokens_per_day OR one.usd + want_usd > one.usd_per_day THEN
      RETURN one.owner;
    END IF;
  END LOOP;
  INSERT INTO public.budget_reservations (id, owners, day, tokens, usd) VALUES (of_id, of_owners, today, want_tokens, want_usd)
  ON CONFLICT (id) DO NOTHING;
  IF FOUND THEN
    UPDATE public.budget_days SET tokens = tokens + want_tokens, usd = usd + want_usd WHERE owner = ANY (of_owners) AND day = today;
  END IF;
  RETURN NULL;
END
$f$;
