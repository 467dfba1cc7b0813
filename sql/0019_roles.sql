-- Roles of the database: who may do what in it. Roles belong to the server and not to a database, so none is made unasked; what these
-- functions grant is granted again after every later script, for it may have made tables.

-- atlas_client finds silos and nothing else; atlas_silo reads and writes what Atlas stores, and makes, changes and drops nothing.
CREATE OR REPLACE FUNCTION orleans.grant_roles() RETURNS void LANGUAGE plpgsql AS $f$
DECLARE
  owner oid := (SELECT nspowner FROM pg_namespace WHERE nspname = 'orleans');
  thing record;
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'atlas_client') THEN
    EXECUTE 'GRANT USAGE ON SCHEMA orleans TO atlas_client';
    EXECUTE 'GRANT SELECT ON orleans.cluster_version, orleans.cluster_member, orleans.orleansquery TO atlas_client';
    IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relname = 'orleansquery' AND c.relowner = owner) THEN
      EXECUTE 'GRANT SELECT ON public.orleansquery TO atlas_client';
    END IF;
  END IF;

  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'atlas_silo') THEN
    EXECUTE 'GRANT USAGE ON SCHEMA orleans TO atlas_silo';
    FOR thing IN
      SELECT c.relkind, format('%I.%I', n.nspname, c.relname) AS name
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('orleans', 'public') AND c.relowner = owner AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    LOOP
      IF thing.relkind = 'S' THEN
        EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO atlas_silo', thing.name);
      ELSE
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO atlas_silo', thing.name);
      END IF;
    END LOOP;

    -- Which scripts were applied is the owner's to say.
    EXECUTE 'REVOKE INSERT, UPDATE, DELETE ON orleans.schema_version FROM atlas_silo';
  END IF;
END
$f$;

-- Makes both roles where they are missing, without a login: a login is made with a password of one's own, IN ROLE one of them.
CREATE OR REPLACE FUNCTION orleans.make_roles() RETURNS void LANGUAGE plpgsql AS $f$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['atlas_client', 'atlas_silo'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- somebody else has made it for another database meanwhile
      END;
    END IF;
  END LOOP;

  PERFORM orleans.grant_roles();
END
$f$;

REVOKE ALL ON FUNCTION orleans.grant_roles(), orleans.make_roles() FROM PUBLIC;
