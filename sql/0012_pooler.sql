-- Orleans' ADO.NET providers name the table of their queries without a schema. Directly, a search path as start-up option leads them
-- to it; a pooler such as PgBouncer refuses such options, so there they find it where every unqualified name is looked for. An
-- application's own Orleans may have a table of that name here: it stays, and Atlas then says that it needs a direct connection.
DO $$
BEGIN
  IF to_regclass('public.orleansquery') IS NULL THEN
    CREATE VIEW public.orleansquery AS SELECT querykey, querytext FROM orleans.orleansquery;
  END IF;
END
$$;
