namespace Atlas.Models.Synthesis.Offline;

/// <summary>Which sessions are compared with which.</summary>
internal enum Comparison
{
    /// <summary>Runs of the same task with each other: the difference is what the student did.</summary>
    SameTask,

    /// <summary>Tasks with each other, each counted once however often it was run: the kind of task can be the reason.</summary>
    BetweenTasks,
}

/// <summary>Arranges the sessions for a comparison as informative strata.</summary>
internal static class ComparisonStrata
{
    public static List<Stratum> For(Comparison comparison, Sample sample, Trait trait)
    {
        var strata = new List<Stratum>();
        var byRuns = new SortedDictionary<int, List<(bool Shows, int Value)>>();
        foreach (var runs in sample.RunsOf)
        {
            var task = Count(sample, trait, runs);
            if (comparison == Comparison.SameTask)
            {
                if (task.CanTell)
                {
                    strata.Add(task.AsStratum());
                }
            }
            else if (task.Runs > 0)
            {
                // Tasks with the same number of runs are exchangeable; a task shows what at least half of its runs show.
                if (!byRuns.TryGetValue(task.Runs, out var units))
                {
                    byRuns.Add(task.Runs, units = []);
                }

                units.Add((2 * task.Showing >= task.Runs, task.Good));
            }
        }

        strata.AddRange(byRuns.Values.Select(Stratum.Of));
        return strata.FindAll(stratum => stratum.Informative);
    }

    private static TaskRuns Count(Sample sample, Trait trait, int[] runs)
    {
        var (asked, showing, good, both) = (0, 0, 0, 0);
        foreach (var run in runs)
        {
            if (trait.Shown[run] >= 0)
            {
                var shows = trait.Shown[run];
                var rewarded = sample.Good[run] ? 1 : 0;
                asked++;
                showing += shows;
                good += rewarded;
                both += shows * rewarded;
            }
        }

        return new(asked, showing, good, both);
    }

    /// <summary>The runs of a task: how many were asked, show the trait, were rewarded, and both.</summary>
    private readonly record struct TaskRuns(int Runs, int Showing, int Good, int Both)
    {
        public bool CanTell => Showing > 0 && Showing < Runs && Good > 0 && Good < Runs;

        public Stratum AsStratum() => new([.. Enumerable.Repeat(0, Runs - Good), .. Enumerable.Repeat(1, Good)], Showing, Both);
    }
}
