-- Schema behind Orleans' ADO.NET providers: membership, grain state, reminders.
-- The providers read (querykey, querytext) from "OrleansQuery" once, unqualified, and then run those texts; so their
-- connection string carries "Search Path=orleans", and the texts below name their tables with the schema.
-- Only query keys, parameters and result columns are given by Orleans; tables and keys are ours.

CREATE SCHEMA IF NOT EXISTS orleans;

CREATE TABLE IF NOT EXISTS orleans.cluster_version (
  cluster_id text        PRIMARY KEY,
  version    integer     NOT NULL DEFAULT 0,
  changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS orleans.cluster_member (
  cluster_id    text        NOT NULL REFERENCES orleans.cluster_version ON DELETE CASCADE,
  address       text        NOT NULL,
  port          integer     NOT NULL,
  generation    integer     NOT NULL,
  silo_name     text        NOT NULL,
  host_name     text        NOT NULL,
  status        integer     NOT NULL,          -- 1 created, 2 joining, 3 active, 4 shutting down, 5 stopping, 6 dead
  proxy_port    integer     NOT NULL,          -- 0: no gateway
  suspect_times text,                          -- silo,time|silo,time
  started_at    timestamptz NOT NULL,
  alive_at      timestamptz NOT NULL,
  PRIMARY KEY (cluster_id, address, port, generation)
);

-- fillfactor leaves room for the new version of a row on its page: a state write then touches no index.
CREATE TABLE IF NOT EXISTS orleans.grain_state (
  service_id  text        NOT NULL,
  grain_type  text        NOT NULL,
  key_n0      bigint      NOT NULL,
  key_n1      bigint      NOT NULL,
  key_text    text        NOT NULL DEFAULT '',
  version     integer     NOT NULL,
  modified_at timestamptz NOT NULL DEFAULT now(),
  payload     jsonb,                           -- NULL once the state was cleared
  PRIMARY KEY (service_id, grain_type, key_text, key_n0, key_n1)
) WITH (fillfactor = 80);
CREATE INDEX IF NOT EXISTS grain_state_type_key_idx ON orleans.grain_state (grain_type, key_text);

CREATE TABLE IF NOT EXISTS orleans.reminder (
  service_id text        NOT NULL,
  grain_id   text        NOT NULL,
  name       text        NOT NULL,
  grain_hash integer     NOT NULL,
  start_at   timestamptz NOT NULL,
  period_ms  bigint      NOT NULL,
  version    integer     NOT NULL DEFAULT 0,
  PRIMARY KEY (service_id, grain_id, name)
);
CREATE INDEX IF NOT EXISTS reminder_hash_idx ON orleans.reminder (service_id, grain_hash);

-- A view and not a table: a later script replaces the texts as a whole.
CREATE OR REPLACE VIEW orleans.orleansquery (querykey, querytext) AS
SELECT k::text, q::text FROM (VALUES
-- membership: every change of the table raises its version, and only from the version it was based on
('InsertMembershipVersionKey', $q$
  WITH created AS (
    INSERT INTO orleans.cluster_version (cluster_id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM created)
$q$),
('InsertMembershipKey', $q$
  WITH raised AS (
    UPDATE orleans.cluster_version SET version = version + 1, changed_at = now()
     WHERE cluster_id = @DeploymentId AND version = @Version
       AND NOT EXISTS (SELECT 1 FROM orleans.cluster_member m
                        WHERE m.cluster_id = @DeploymentId AND m.address = @Address
                          AND m.port = @Port AND m.generation = @Generation)
    RETURNING cluster_id),
  joined AS (
    INSERT INTO orleans.cluster_member (cluster_id, address, port, generation, silo_name, host_name, status, proxy_port,
                                        started_at, alive_at)
    SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
      FROM raised
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM joined)
$q$),
('UpdateMembershipKey', $q$
  WITH raised AS (
    UPDATE orleans.cluster_version SET version = version + 1, changed_at = now()
     WHERE cluster_id = @DeploymentId AND version = @Version
       AND EXISTS (SELECT 1 FROM orleans.cluster_member m
                    WHERE m.cluster_id = @DeploymentId AND m.address = @Address
                      AND m.port = @Port AND m.generation = @Generation)
    RETURNING cluster_id),
  changed AS (
    UPDATE orleans.cluster_member m
       SET status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
      FROM raised
     WHERE m.cluster_id = raised.cluster_id AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM changed)
$q$),
('UpdateIAmAlivetimeKey', $q$
  UPDATE orleans.cluster_member SET alive_at = @IAmAliveTime
   WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$q$),
('MembershipReadRowKey', $q$
  SELECT m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
         m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes,
         m.started_at AS StartTime, m.alive_at AS IAmAliveTime, v.version AS Version
    FROM orleans.cluster_version v
    LEFT JOIN orleans.cluster_member m
      ON m.cluster_id = v.cluster_id AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
   WHERE v.cluster_id = @DeploymentId
$q$),
('MembershipReadAllKey', $q$
  SELECT m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
         m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes,
         m.started_at AS StartTime, m.alive_at AS IAmAliveTime, v.version AS Version
    FROM orleans.cluster_version v
    LEFT JOIN orleans.cluster_member m ON m.cluster_id = v.cluster_id
   WHERE v.cluster_id = @DeploymentId
$q$),
('GatewaysQueryKey', $q$
  SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
    FROM orleans.cluster_member
   WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
$q$),
('DeleteMembershipTableEntriesKey', $q$
  DELETE FROM orleans.cluster_version WHERE cluster_id = @DeploymentId
$q$),
('CleanupDefunctSiloEntriesKey', $q$
  DELETE FROM orleans.cluster_member
   WHERE cluster_id = @DeploymentId AND status = 6 AND alive_at < @IAmAliveTime AND started_at < @IAmAliveTime
$q$),
('CleanupDefunctSiloEntryKey', $q$
  DELETE FROM orleans.cluster_member
   WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
     AND status = 6 AND started_at = @StartTime AND alive_at = @IAmAliveTime
     AND suspect_times IS NOT DISTINCT FROM @SuspectTimes
$q$),
-- grain state: one upsert; a stale writer changes no row, gets no version back and Orleans drops its activation
('ReadFromStorageKey', $q$
  SELECT convert_to(payload::text, 'UTF8') AS PayloadBinary, version AS Version
    FROM orleans.grain_state
   WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
     AND key_text = coalesce(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
$q$),
('WriteToStorageKey', $q$
  INSERT INTO orleans.grain_state AS s (service_id, grain_type, key_n0, key_n1, key_text, version, payload)
  VALUES (@ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''),
          coalesce(@GrainStateVersion, 0) + 1, convert_from(@PayloadBinary, 'UTF8')::jsonb)
  ON CONFLICT (service_id, grain_type, key_text, key_n0, key_n1) DO UPDATE
     SET payload = excluded.payload, version = s.version + 1, modified_at = now()
   WHERE s.version = @GrainStateVersion
  RETURNING s.version AS NewGrainStateVersion
$q$),
('ClearStorageKey', $q$
  UPDATE orleans.grain_state SET payload = NULL, version = version + 1, modified_at = now()
   WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
     AND key_text = coalesce(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
     AND version = @GrainStateVersion
  RETURNING version AS NewGrainStateVersion
$q$),
('DeleteStorageKey', $q$
  DELETE FROM orleans.grain_state
   WHERE service_id = @ServiceId AND grain_type = @GrainTypeString
     AND key_text = coalesce(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
     AND version = @GrainStateVersion
  RETURNING version + 1 AS NewGrainStateVersion
$q$),
-- reminders: a ring range may wrap around, hence two range queries
('UpsertReminderRowKey', $q$
  INSERT INTO orleans.reminder AS r (service_id, grain_id, name, grain_hash, start_at, period_ms)
  VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period)
  ON CONFLICT (service_id, grain_id, name) DO UPDATE
     SET start_at = excluded.start_at, period_ms = excluded.period_ms, grain_hash = excluded.grain_hash,
         version = r.version + 1
  RETURNING r.version AS Version
$q$),
('ReadReminderRowKey', $q$
  SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
    FROM orleans.reminder WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName
$q$),
('ReadReminderRowsKey', $q$
  SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
    FROM orleans.reminder WHERE service_id = @ServiceId AND grain_id = @GrainId
$q$),
('ReadRangeRows1Key', $q$
  SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
    FROM orleans.reminder WHERE service_id = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash
$q$),
('ReadRangeRows2Key', $q$
  SELECT grain_id AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
    FROM orleans.reminder WHERE service_id = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)
$q$),
('DeleteReminderRowKey', $q$
  WITH gone AS (
    DELETE FROM orleans.reminder
     WHERE service_id = @ServiceId AND grain_id = @GrainId AND name = @ReminderName AND version = @Version
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM gone)
$q$),
('DeleteReminderRowsKey', $q$
  DELETE FROM orleans.reminder WHERE service_id = @ServiceId
$q$)
) AS texts (k, q);
