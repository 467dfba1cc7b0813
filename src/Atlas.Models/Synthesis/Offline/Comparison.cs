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
        var byTask = sample.RunsOf.Select(runs => Asked(sample, trait, runs)).Where(runs => runs.Length > 0).ToList();
        if (comparison == Comparison.SameTask)
        {
            return [.. byTask.Where(runs => runs.Length > 1).Select(Stratum.Of)];
        }

        // Tasks with the same number of runs are exchangeable; a task shows what at least half of its runs show.
        return [.. byTask
            .GroupBy(runs => runs.Length, runs => (Shows: 2 * runs.Count(run => run.Shows) >= runs.Length, Value: runs.Sum(run => run.Value)))
            .OrderBy(group => group.Key)
            .Select(group => Stratum.Of([.. group]))];
    }

    private static (bool Shows, int Value)[] Asked(Sample sample, Trait trait, int[] runs)
    {
        var asked = new List<(bool, int)>(runs.Length);
        foreach (var run in runs)
        {
            if (trait.Shown[run] >= 0)
            {
                asked.Add((trait.Shown[run] == 1, sample.Good[run] ? 1 : 0));
            }
        }

        return [.. asked];
    }
}
