using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Learning.Evidence;

/// <summary>Decides when looking for an entry's cue in tasks is given up.</summary>
internal static class UnseenCues
{
    /// <summary>Counts the sessions that looked for the cues of entries in vain, or takes them out.</summary>
    /// <param name="entries">The trials.</param>
    /// <param name="known">Their positions.</param>
    /// <param name="assignment">The session's draws.</param>
    /// <param name="sign">1 to count it, −1 to take it out.</param>
    public static void Count(
        ImmutableArray<EntryTrial>.Builder entries, Dictionary<(string Entry, string Sha), int> known, SessionAssignment assignment, int sign)
    {
        foreach (var unseen in assignment.Unseen ?? [])
        {
            if (known.TryGetValue((unseen.Entry, unseen.Sha), out var at) && entries[at].Number == unseen.Trial)
            {
                entries[at] = entries[at] with { Unseen = entries[at].Unseen + sign };
            }
        }
    }

    /// <summary>A cue that matches no task cannot be judged on tasks, so the entry is drawn for every session.</summary>
    public static KeyEvidence WithUnseenCues(this KeyEvidence evidence)
    {
        var entries = evidence.Entries;
        for (var at = 0; at < entries.Length; at++)
        {
            var trial = entries[at];
            var unseen = evidence.Edition == 0 ? evidence.Expectation.Sessions - trial.Since : trial.Unseen;
            if (!trial.InEverySession && !trial.WasTried && trial.State.IsRendered && unseen >= KeyEvidence.SessionsWithoutCue)
            {
                entries = entries.SetItem(at, trial with { InEverySession = true });
            }
        }

        return evidence with { Entries = entries };
    }
}
