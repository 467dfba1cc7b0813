-- A text is forgotten within the reach of whoever asks for it: a tenant, or the learning keys that begin with a prefix.

-- What a caller must reach to reach a stored answer: the learning key that it is about, or the prefix that its sender is limited to, as stored.
-- Null for a request of an earlier release, which only a caller without limits reaches.
ALTER TABLE public.api_requests ADD COLUMN IF NOT EXISTS key_prefix text;

-- What the stored names of a tenant's learning keys begin with.
CREATE OR REPLACE FUNCTION orleans.space_of(of_tenant text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $f$
  SELECT CASE WHEN of_tenant = '' THEN '' ELSE 'tenant:' || of_tenant || '/' END
$f$;

-- Whether a caller with these limits reaches a stored learning key; records without a key are reached by those who are not limited to some.
CREATE OR REPLACE FUNCTION orleans.is_within(of_key text, of_prefix text, except_prefix text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $f$
  SELECT coalesce((of_prefix IS NULL OR starts_with(of_key, of_prefix))
                  AND (except_prefix IS NULL OR of_key IS NULL OR NOT starts_with(of_key, except_prefix)), false)
$f$;

-- Takes a text out of what is kept beside sessions and journals, within limits; without limits, everywhere.
CREATE OR REPLACE FUNCTION public.forget_subject(of_patterns text[], of_prefix text, except_prefix text) RETURNS void LANGUAGE plpgsql AS $f$
BEGIN
  UPDATE public.sessions SET student_learning = NULL
   WHERE orleans.holds(student_learning, of_patterns) AND orleans.is_within(stored_learning_key, of_prefix, except_prefix);
  UPDATE public.sessions SET teacher_learning = NULL
   WHERE orleans.holds(teacher_learning, of_patterns) AND orleans.is_within(stored_learning_key, of_prefix, except_prefix);
  UPDATE public.sessions SET metadata = metadata - 'learning_state'
   WHERE jsonb_typeof(metadata) = 'object' AND metadata ? 'learning_state' AND orleans.says(metadata -> 'learning_state', of_patterns)
     AND orleans.is_within(stored_learning_key, of_prefix, except_prefix);

  -- A change is within a prefix if what was changed is, or the API key that it was made with.
  UPDATE public.audit_log a SET request = NULL, before = NULL, after = NULL
   WHERE (orleans.says(a.request, of_patterns) OR orleans.says(a.before, of_patterns) OR orleans.says(a.after, of_patterns))
     AND (orleans.is_within(orleans.space_of(a.tenant) || coalesce(a.subject, ''), of_prefix, except_prefix)
       OR EXISTS (SELECT 1 FROM public.sessions s
                   WHERE s.id = CASE WHEN a.subject ~ '^[0-9]{1,18}$' THEN a.subject::bigint END
                     AND starts_with(s.stored_learning_key, orleans.space_of(a.tenant))
                     AND orleans.is_within(s.stored_learning_key, of_prefix, except_prefix))
       OR EXISTS (SELECT 1 FROM public.api_keys k
                   WHERE k.id = a.api_key_id AND orleans.is_within(orleans.space_of(k.tenant) || k.key_prefix, of_prefix, except_prefix)));

  DELETE FROM public.api_requests
   WHERE orleans.holds(encode(body, 'escape'), ARRAY(SELECT encode(convert_to(p, 'UTF8'), 'escape') FROM unnest(of_patterns) AS t (p)))
     AND (of_prefix IS NULL AND except_prefix IS NULL OR key_prefix IS NOT NULL AND orleans.is_within(key_prefix, of_prefix, except_prefix));
  DELETE FROM public.entry_proposals
   WHERE (orleans.says(entry, of_patterns) OR orleans.holds(concat_ws(' ', source, proposed_by), of_patterns))
     AND orleans.is_within(learning_key, of_prefix, except_prefix);
  UPDATE public.learning_registry_imported SET student_learning = NULL, teacher_learning = NULL, metadata = NULL
   WHERE (orleans.holds(concat_ws(' ', student_learning, teacher_learning), of_patterns) OR orleans.says(metadata, of_patterns))
     AND orleans.is_within(learning_key, of_prefix, except_prefix);

  -- A discovery belongs to no learning key.
  DELETE FROM public.discovery_runs
   WHERE of_prefix IS NULL AND (orleans.holds(task, of_patterns) OR orleans.says(payload, of_patterns) OR orleans.says(metadata, of_patterns));
END
$f$;
