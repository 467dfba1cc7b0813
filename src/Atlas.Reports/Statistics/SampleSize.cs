using System.Globalization;

namespace Atlas.Reports.Statistics;

/// <summary>Whether a comparison has enough sessions and tasks for a verdict, and how many are missing.</summary>
/// <param name="IsEnough">Whether there can be a verdict at all.</param>
/// <param name="Missing">What is missing, as the end of a sentence.</param>
internal sealed record SampleSize(bool IsEnough, string Missing)
{
    /// <summary>The fewest different tasks of both sides together.</summary>
    public const int FewestTasks = 10;

    /// <summary>The fewest rewarded sessions of both sides together, unless every task ran <see cref="RunsPerTask"/> times.</summary>
    public const int FewestSessions = 100;

    private const int RunsPerTask = 5;
    private const int FewestOfSide = 5;
    private const double Notable = 0.2;

    public static SampleSize Of(Arm control, Arm treatment, double confidence)
    {
        var (sessions, tasks) = (control.Moments.Count + treatment.Moments.Count, control.Tasks.Keys.Union(treatment.Tasks.Keys).LongCount());
        var smaller = Math.Min(control.Moments.Count, treatment.Moments.Count);
        var fewest = tasks >= FewestTasks && sessions >= RunsPerTask * tasks ? Math.Min(FewestSessions, sessions) : FewestSessions;
        var isEnough = tasks >= FewestTasks && sessions >= fewest && smaller >= FewestOfSide;
        var needed = Math.Max(Needed(control, treatment, confidence), FewestSessions);
        var more = Math.Max(needed - sessions, FewestOfSide - smaller);
        var moreTasks = FewestTasks - tasks;
        var counts = string.Create(
            CultureInfo.InvariantCulture, $"{treatment.Moments.Count} rewarded sessions on one side, {control.Moments.Count} on the other, {tasks} {(tasks == 1 ? "task" : "tasks")}");
        return new SampleSize(isEnough, more > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{counts}; about {more} more sessions{(moreTasks > 0 ? $", with at least {moreTasks} more {(moreTasks == 1 ? "task" : "tasks")}," : "")} are needed to detect a difference of {Notable:0.00}")
            : moreTasks > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{counts}; at least {moreTasks} more {(moreTasks == 1 ? "task is" : "tasks are")} needed")
                : $"{counts}; a difference of {Notable.ToString("0.00", CultureInfo.InvariantCulture)} would likely have shown; a smaller one needs more sessions");
    }

    /// <summary>Returns the approximate number of sessions that show a notable difference, looked at after every session: 2 (ln 1/α + 0.7)
    /// σ² / (q (1 − q) τ²), with q the share of the treatment.</summary>
    private static long Needed(Arm control, Arm treatment, double confidence)
    {
        var (one, other) = (control.Moments, treatment.Moments);
        var count = one.Count + other.Count;
        var share = one.Count == 0 || other.Count == 0 ? 0.5 : Math.Clamp((double)other.Count / count, 0.1, 0.9);
        var spread = count < 2 ? 0.25 : ((one.Variance * one.Count) + (other.Variance * other.Count)) / count;

        // Rewards that are all equal have an unknown spread, not none.
        var mean = ((one.Mean * one.Count) + (other.Mean * other.Count) + 0.5) / (count + 1);
        var floor = mean is > 0 and < 1 ? 0.5 * mean * (1 - mean) : 0;
        return (long)Math.Ceiling(2 * (Math.Log(1 / (1 - confidence)) + 0.7) * Math.Max(spread, floor) / (share * (1 - share) * Notable * Notable));
    }
}
