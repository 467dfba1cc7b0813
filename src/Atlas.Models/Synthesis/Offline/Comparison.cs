namespace Atlas.Models.Synthesis.Offline;

/// <summary>Which sessions are compared with which.</summary>
internal enum Comparison
{
    /// <summary>Runs of one and the same task with each other: what differs is what the student did.</summary>
    SameTask,

    /// <summary>Tasks with each other, a task counting once however often it was run: the kind of task may be the reason.</summary>
    BetweenTasks,
}

/// <summary>Lines the sessions up for a comparison.</summary>
internal static class ComparisonStrata
{
    public static List<Stratum> For(Comparison comparison, Sample sample, Trait trait)
    {
        var byTask = Enumerable.Range(0, sample.Sessions.Length)
            .Where(i => trait.Shown[i] >= 0)
            .GroupBy(i => sample.TaskOf[i], i => (Shows: trait.Shown[i] == 1, Value: sample.Good[i] ? 1 : 0))
            .Select(runs => runs.ToList())
            .ToList();
        if (comparison == Comparison.SameTask)
        {
            return [.. byTask.Where(runs => runs.Count > 1).Select(Stratum.Of)];
        }

        // Tasks with the same number of runs are exchangeable; a task shows what at least half of its runs show.
        return [.. byTask
            .GroupBy(runs => runs.Count, runs => (Shows: 2 * runs.Count(run => run.Shows) >= runs.Count, Value: runs.Sum(run => run.Value)))
            .OrderBy(group => group.Key)
            .Select(group => Stratum.Of([.. group]))];
    }
}
