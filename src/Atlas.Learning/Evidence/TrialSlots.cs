namespace Atlas.Learning.Evidence;

/// <summary>Selects which entries can vary from session to session if their number is bounded.</summary>
/// <remarks>Depends only on states and ids, so it changes rarely, and never with the draws of a session.</remarks>
internal static class TrialSlots
{
    /// <summary>Returns the entries that vary: suspect ones first, then those on trial, then those about which more is known.</summary>
    /// <param name="trials">Trials of the entries of the version.</param>
    /// <param name="limit">How many can vary, at least 1; null for any number.</param>
    /// <param name="asked">The running experiment; the entry that it is about always varies. Null for none.</param>
    public static HashSet<string> Of(IEnumerable<EntryTrial> trials, int? limit, ExperimentTrial? asked = null) =>
        [.. trials
            .Where(trial => trial.State.IsRendered)
            .OrderBy(trial => asked?.IsAbout(trial.Entry, trial.Sha) is true ? 0 : 1)
            .ThenBy(trial => trial.State switch
            {
                EntryTrialState.Suspect => 0,
                EntryTrialState.OnTrial => 1,
                EntryTrialState.Tolerated => 2,
                _ => 3,
            })

            // Finish started trials before starting others.
            .ThenByDescending(trial => trial.WasTried)
            .ThenBy(trial => trial.Entry, StringComparer.Ordinal)
            .Take(limit ?? int.MaxValue)
            .Select(trial => trial.Entry)];
}
