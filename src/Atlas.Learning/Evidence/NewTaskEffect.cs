namespace Atlas.Learning.Evidence;

/// <summary>The effect on new tasks like those that ran, as far as the differences between tasks allow a conclusion.</summary>
/// <param name="Effect">The mean effect, −1 to 1.</param>
/// <param name="Bounds">Always-valid bounds, within ±1.</param>
/// <param name="Tasks">Different tasks.</param>
/// <param name="Sessions">Sessions.</param>
/// <remarks>A trial answers “on the sessions that ran”. If an entry helps in some tasks and harms in others, its mean over the tasks that
/// happened to run differs from 0 by chance alone; here tasks are treated as the random sample.</remarks>
public sealed record NewTaskEffect(double Effect, ConfidenceSequence Bounds, int Tasks, long Sessions)
{
    /// <summary>Estimates the effect from the observations of a trial, by task; null with fewer than ten tasks.</summary>
    public static NewTaskEffect? Of(IEnumerable<(string Task, TrialObservation Observation)> sessions, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        var tasks = sessions
            .GroupBy(session => session.Task, session => session.Observation.Score / session.Observation.Weight, StringComparer.Ordinal)
            .Select(group => (Count: group.LongCount(), Sum: group.Sum()))
            .ToList();
        if (tasks.Count < AlwaysValidInterval.FewestTasks)
        {
            return null;
        }

        var count = tasks.Sum(task => task.Count);
        var mean = tasks.Sum(task => task.Sum) / count;
        var squares = tasks.Sum(task => Square((task.Sum - (task.Count * mean)) / count));

        // As with arms that were not randomised: a spread that was not observed is unknown, not zero.
        var error = Math.Sqrt(Math.Max(squares * tasks.Count / (tasks.Count - 2), 0.25 / count));
        return new(Math.Clamp(mean, -1, 1), AlwaysValidInterval.Within(AlwaysValidInterval.Of(mean, error, alpha)), tasks.Count, count);
    }

    private static double Square(double value) => value * value;
}
