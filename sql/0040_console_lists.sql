-- What was decided on a key is found without passing all the sessions that it counted. The index of before knew fewer kinds of decisions
-- than there are now, so that it was of no use to whoever asked for all of them.
CREATE INDEX IF NOT EXISTS learning_journal_decisions_idx ON public.learning_journal (learning_key, sequence DESC)
  WHERE event_type IN ('key_staged', 'key_unstaged', 'version_promoted', 'version_pinned', 'version_unpinned', 'key_frozen', 'key_unfrozen',
                       'entries_judged', 'entry_standing_set', 'canary_begun', 'canary_concluded', 'alarm_raised', 'experiment_started',
                       'experiment_decided', 'experiment_ended');
DROP INDEX IF EXISTS public.learning_journal_switches_idx;
