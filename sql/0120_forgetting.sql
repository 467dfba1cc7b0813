-- Forgetting reaches what it had left, and does not compare every answer of the API with every session.

-- Takes every record of the sessions out of the tables, and what others hold of them. Done again it finds nothing. The audit names a session by
-- its number, and in entries of earlier releases also by the id of a provider's answer that was used for it.
CREATE OR REPLACE FUNCTION public.forget_sessions(of_ids bigint[]) RETURNS jsonb LANGUAGE plpgsql AS $f$
DECLARE
  gone     jsonb := '{}';
  affected bigint;
  named    text[] := ARRAY(SELECT i::text FROM unnest(of_ids) AS t (i));
  told     text[];
BEGIN
  -- Notes of a synthesis stand with every session it was made from.
  UPDATE public.sessions s SET student_learning = NULL, teacher_learning = NULL
   WHERE s.id NOT IN (SELECT i FROM unnest(of_ids) AS t (i))
     AND ((s.stored_learning_key, s.student_learning) IN (
            SELECT f.stored_learning_key, f.student_learning FROM public.sessions f WHERE f.id = ANY (of_ids) AND f.student_learning IS NOT NULL)
       OR (s.stored_learning_key, s.teacher_learning) IN (
            SELECT f.stored_learning_key, f.teacher_learning FROM public.sessions f WHERE f.id = ANY (of_ids) AND f.teacher_learning IS NOT NULL));

  -- What was asked of a session, and answered, through the API. The numbers are taken out of each answer once.
  told := ARRAY(SELECT operation_id FROM public.api_appends WHERE session_id = ANY (of_ids)
                UNION SELECT substr(external_id, 12) FROM public.sessions WHERE id = ANY (of_ids) AND external_id LIKE 'idempotent:%');
  DELETE FROM public.api_requests r
   WHERE r.operation_id IN (SELECT o FROM unnest(told) AS t (o))
      OR r.operation_id IN (
           SELECT a.operation_id
             FROM public.api_requests a, regexp_matches(encode(a.body, 'escape'), '"session_id":\s*([0-9]+)', 'g') AS m (number)
            WHERE m.number[1] IN (SELECT n FROM unnest(named) AS t (n)));
  GET DIAGNOSTICS affected = ROW_COUNT;
  gone := gone || jsonb_build_object('api_requests', affected);
  DELETE FROM public.api_appends WHERE session_id = ANY (of_ids);
  DELETE FROM public.session_numbering WHERE session_id = ANY (of_ids);
  UPDATE public.audit_log a SET request = NULL, before = NULL, after = NULL
   WHERE (a.request IS NOT NULL OR a.before IS NOT NULL OR a.after IS NOT NULL)
     AND (a.subject IN (SELECT n FROM unnest(named) AS t (n))
          OR (orleans.space_of(a.tenant), a.subject) IN (SELECT r.space, r.response_id FROM public.session_responses r WHERE r.session_id = ANY (of_ids))
          OR EXISTS (SELECT 1 FROM public.sessions s
                      WHERE s.id = ANY (of_ids) AND a.request ->> 'task' = s.task
                        AND (a.tenant = '' OR starts_with(s.stored_learning_key, orleans.space_of(a.tenant)))));
  GET DIAGNOSTICS affected = ROW_COUNT;
  gone := gone || jsonb_build_object('audit_log', affected);
  DELETE FROM public.session_faults WHERE session_id = ANY (of_ids);
  GET DIAGNOSTICS affected = ROW_COUNT;
  gone := gone || jsonb_build_object('session_faults', affected);
  DELETE FROM orleans.stamped_session WHERE session_id = ANY (of_ids);
  DELETE FROM orleans.review_claim WHERE session_id = ANY (of_ids);
  DELETE FROM public.trajectory_events WHERE session_id = ANY (of_ids);
  GET DIAGNOSTICS affected = ROW_COUNT;
  gone := gone || jsonb_build_object('trajectory_events', affected);
  DELETE FROM public.sessions WHERE id = ANY (of_ids);
  GET DIAGNOSTICS affected = ROW_COUNT;
  RETURN gone || jsonb_build_object('sessions', affected);
END
$f$;

-- Takes a text out of what is kept about sessions that stay: who pays for one, who reviews it, and what went wrong in it. Limited to the
-- learning keys that begin with a prefix, or do not begin with another; null for no limit.
CREATE OR REPLACE FUNCTION public.forget_subject_beside(of_patterns text[], of_prefix text, except_prefix text) RETURNS void LANGUAGE plpgsql AS $f$
DECLARE
  within bigint[] := ARRAY(
    SELECT s.id FROM public.sessions s
      LEFT JOIN orleans.review_claim c ON c.session_id = s.id
     WHERE orleans.is_within(s.stored_learning_key, of_prefix, except_prefix)
       AND (orleans.holds(s.paid_by, of_patterns) OR orleans.holds(c.holder, of_patterns)
         OR EXISTS (SELECT 1 FROM public.session_faults f WHERE f.session_id = s.id AND orleans.holds(f.fault, of_patterns))));
BEGIN
  UPDATE public.sessions SET paid_by = NULL WHERE id = ANY (within) AND orleans.holds(paid_by, of_patterns);
  UPDATE public.session_faults SET fault = '[forgotten]' WHERE session_id = ANY (within) AND orleans.holds(fault, of_patterns);
  DELETE FROM orleans.review_claim WHERE session_id = ANY (within) AND orleans.holds(holder, of_patterns);
END
$f$;
