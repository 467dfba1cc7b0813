-- A key's state is written with every session, so its impacts come as one text for each entry, which is parsed only when somebody reads it:
-- {"figures": ["[value, ...]" or null, ...]}, the values in this order. An array with texts to escape or with further figures, {...} at its end,
-- is still an array. Older states have arrays only, and the names in 'columns'; they stay as they are until they are written again.
CREATE OR REPLACE FUNCTION orleans.impact_columns() RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $f$
  SELECT '["sessions_observed", "sessions_with_hits", "sessions_without_hits", "total_cue_hits", "total_adoptions",
           "successful_adoptions", "failed_adoptions", "reward_with_sum", "reward_with_count", "reward_without_sum",
           "reward_without_count", "tokens_with_sum", "tokens_with_count", "tokens_without_sum", "tokens_without_count",
           "incident_ids", "incident_tags", "retry_sum", "retry_samples", "failure_events", "first_observed_at", "last_observed_at"]'::jsonb
$f$;

CREATE OR REPLACE FUNCTION orleans.entries_with_impacts(entries jsonb, impacts jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $f$
  SELECT coalesce(jsonb_agg(
           CASE WHEN jsonb_typeof(i.figures) = 'array'
                THEN e.entry || jsonb_build_object('impact', orleans.impact_of(coalesce(impacts -> 'columns', orleans.impact_columns()), i.figures))
                ELSE e.entry - 'impact' END
           ORDER BY e.place), '[]')
    FROM jsonb_array_elements(entries) WITH ORDINALITY AS e (entry, place)
    LEFT JOIN (SELECT f.place, CASE jsonb_typeof(f.value) WHEN 'string' THEN (f.value #>> '{}')::jsonb ELSE f.value END AS figures
                 FROM jsonb_array_elements(impacts -> 'figures') WITH ORDINALITY AS f (value, place)) i USING (place)
$f$;
