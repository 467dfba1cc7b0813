namespace Atlas.Learning.Evidence;

/// <summary>Which entries may vary from session to session where their number is bounded.</summary>
/// <remarks>Depends on states and ids alone, so it changes seldom, and never by what is drawn for a session.</remarks>
internal static class TrialSlots
{
    /// <summary>The entries that vary: those under suspicion first, then those on trial, then what is known better.</summary>
    /// <param name="trials">Trials of the entries of the version.</param>
    /// <param name="limit">How many may vary, at least 1; null for any number.</param>
    /// <param name="first">The entry that an experiment is about, which varies in any case; null for none.</param>
    public static HashSet<string> Of(IEnumerable<EntryTrial> trials, int? limit, string? first = null) =>
        [.. trials
            .Where(trial => trial.State.IsRendered)
            .OrderBy(trial => trial.Entry == first ? 0 : 1)
            .ThenBy(trial => trial.State switch
            {
                EntryTrialState.Suspect => 0,
                EntryTrialState.OnTrial => 1,
                EntryTrialState.Tolerated => 2,
                _ => 3,
            })

            // What was begun is brought to its end before the next is begun.
            .ThenByDescending(trial => trial.WasTried)
            .ThenBy(trial => trial.Entry, StringComparer.Ordinal)
            .Take(limit ?? int.MaxValue)
            .Select(trial => trial.Entry)];
}
