-- Deliveries are taken in the order of their time: those that never failed first, then those whose delay is over.
CREATE INDEX IF NOT EXISTS learning_outbox_due_idx ON public.learning_outbox (due_at, created_at, session_id);
DROP INDEX IF EXISTS public.learning_outbox_age_idx;

-- That an alarm was closed is among the decisions on a key.
CREATE INDEX IF NOT EXISTS learning_journal_decided_idx ON public.learning_journal (learning_key, sequence DESC)
  WHERE event_type IN ('key_staged', 'key_unstaged', 'version_promoted', 'version_pinned', 'version_unpinned', 'key_frozen', 'key_unfrozen',
                       'entries_judged', 'entry_standing_set', 'canary_begun', 'canary_concluded', 'alarm_raised', 'alarm_closed',
                       'experiment_started', 'experiment_decided', 'experiment_ended');
DROP INDEX IF EXISTS public.learning_journal_decisions_idx;
