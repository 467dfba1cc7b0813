namespace Atlas.Queries.Keys;

/// <summary>Reasons why a key needs a person now.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Waiting">Sessions that wait for a reviewer.</param>
/// <param name="Drifting">How many of these have a reward that is out of line.</param>
/// <param name="Alarm">Whether its rewards have declined.</param>
/// <param name="Suspects">Entries of versions in use that seem to be harmful.</param>
/// <param name="FailedSyntheses">The number of consecutive failed syntheses.</param>
/// <param name="BudgetUntil">Until when the budget for syntheses is used up; null if it is not.</param>
/// <param name="Experiment">The experiment that has a verdict and waits to be concluded; null for none.</param>
public sealed record KeyNeed(
    string LearningKey, long Waiting, long Drifting, bool Alarm, long Suspects, int FailedSyntheses, DateTimeOffset? BudgetUntil, int? Experiment)
{
    /// <summary>Gets a value indicating whether the key needs a person for more than the review of sessions.</summary>
    public bool HasOwn => Suspects > 0 || FailedSyntheses > 0 || BudgetUntil is not null || Experiment is not null;

    public static KeyNeed None(string learningKey) => new(learningKey, 0, 0, false, 0, 0, null, null);
}
