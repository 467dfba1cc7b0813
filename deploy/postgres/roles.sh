#!/bin/sh
# The roles of an Atlas database, made once by the superuser of the server: one that owns the tables, one for silos and one for clients. The
# image of PostgreSQL runs this when it sets its data up; on a server of your own run it with psql's variables set (PGHOST, PGUSER, ...).
set -eu
psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-atlas}" \
  --set owner="$ATLAS_OWNER_PASSWORD" --set silo="$ATLAS_SILO_PASSWORD" --set client="$ATLAS_CLIENT_PASSWORD" <<'SQL'
CREATE ROLE atlas_silo NOLOGIN;
CREATE ROLE atlas_client NOLOGIN;
CREATE ROLE atlas LOGIN PASSWORD :'owner';
CREATE ROLE silo LOGIN PASSWORD :'silo' IN ROLE atlas_silo;
CREATE ROLE client LOGIN PASSWORD :'client' IN ROLE atlas_client;
ALTER DATABASE :"DBNAME" OWNER TO atlas;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO atlas;
SQL
