-- What the lists of the console read, apart from what is long in a key's state or a session's metadata.

-- When each learning key changed, to the minute. The state itself is a page of its own and its time has no index, because a write of the
-- state touches none; a list of keys by their change would read every page. No index here either: rows are small, and rewritten in place.
CREATE TABLE IF NOT EXISTS orleans.key_change (
  service_id text        NOT NULL,
  key_text   text        NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (service_id, key_text)
) WITH (fillfactor = 50);

CREATE OR REPLACE FUNCTION orleans.note_key_changes() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM orleans.key_change c USING gone g
     WHERE g.grain_type = 'learning-key' AND c.service_id = g.service_id AND c.key_text = g.key_text;
    RETURN NULL;
  END IF;

  -- A key that is written many times in a minute is noted once. OFFSET 0 has each key looked up by its index.
  INSERT INTO orleans.key_change (service_id, key_text, changed_at)
  SELECT w.service_id, w.key_text, w.modified_at
    FROM written w
    LEFT JOIN LATERAL (SELECT c.changed_at FROM orleans.key_change c
                        WHERE c.service_id = w.service_id AND c.key_text = w.key_text OFFSET 0) c ON true
   WHERE w.grain_type = 'learning-key' AND w.payload IS NOT NULL
     AND (c.changed_at IS NULL OR w.modified_at NOT BETWEEN c.changed_at AND c.changed_at + interval '1 minute')
  ON CONFLICT (service_id, key_text) DO UPDATE SET changed_at = excluded.changed_at;

  IF EXISTS (SELECT 1 FROM written WHERE payload IS NULL) THEN
    DELETE FROM orleans.key_change c USING written w
     WHERE w.grain_type = 'learning-key' AND w.payload IS NULL AND c.service_id = w.service_id AND c.key_text = w.key_text;
  END IF;
  RETURN NULL;
END
$f$;

DROP TRIGGER IF EXISTS key_change_inserted ON orleans.grain_state;
CREATE TRIGGER key_change_inserted AFTER INSERT ON orleans.grain_state
  REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION orleans.note_key_changes();
DROP TRIGGER IF EXISTS key_change_overwritten ON orleans.grain_state;
CREATE TRIGGER key_change_overwritten AFTER UPDATE ON orleans.grain_state
  REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION orleans.note_key_changes();
DROP TRIGGER IF EXISTS key_change_deleted ON orleans.grain_state;
CREATE TRIGGER key_change_deleted AFTER DELETE ON orleans.grain_state
  REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION orleans.note_key_changes();

INSERT INTO orleans.key_change (service_id, key_text, changed_at)
SELECT service_id, key_text, modified_at FROM orleans.grain_state WHERE grain_type = 'learning-key' AND payload IS NOT NULL
ON CONFLICT DO NOTHING;

-- Sessions whose reward is out of line are few among many, whatever their review. The index over all metadata, which found them, is gone.
CREATE INDEX IF NOT EXISTS sessions_drift_idx ON public.sessions (stored_learning_key, id DESC)
  WHERE metadata @> '{"drift": {"alert": true}}';
