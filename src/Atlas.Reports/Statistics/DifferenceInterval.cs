using Atlas.Learning.Evidence;
using MathNet.Numerics.Distributions;

namespace Atlas.Reports.Statistics;

/// <summary>Computes intervals for the difference of two means: that of the treatment arm minus that of the control arm.</summary>
/// <remarks>
/// Runs of the same task resemble each other, so if tasks repeat, the task is the random sample and not the session: the variance of a mean
/// is that of the tasks' pulls on it (the cluster-robust estimate), with Welch's degrees of freedom over tasks. If every session has its
/// own task, this is Welch's interval, to the digit. Rewards of 0 and 1 get Newcombe's interval from Wilson's scores, which is also correct
/// if an arm has no failures, or only failures.
/// </remarks>
internal static class DifferenceInterval
{
    /// <summary>With fewer different tasks in both arms together, the question is about just these tasks.</summary>
    private const int FewTasks = 5;

    /// <summary>Returns the interval; null if the numbers do not allow one.</summary>
    /// <param name="control">The control arm.</param>
    /// <param name="treatment">The treatment arm.</param>
    /// <param name="confidence">0 to 1.</param>
    /// <param name="paired">Whether both arms ran the same tasks again, so that each task is compared with itself.</param>
    public static Interval? Of(Arm control, Arm treatment, double confidence, bool paired)
    {
        if (control.Moments.Count == 0 || treatment.Moments.Count == 0)
        {
            return null;
        }

        var shares = control.IsShare && treatment.IsShare;
        if (paired)
        {
            return Bounded(Paired(control, treatment, confidence), shares);
        }

        if (!IsByTask(control, treatment))
        {
            return OfMoments(control.Moments, treatment.Moments, confidence, shares, control.IsBinary && treatment.IsBinary);
        }

        return Bounded(
            Welch(
                treatment.Moments.Mean - control.Moments.Mean,
                SquaredErrorOfTasks(control), control.Tasks.Count, SquaredErrorOfTasks(treatment), treatment.Tasks.Count, confidence, "welch-by-task")
            ?? (shares ? Newcombe(control.Moments.Mean, control.Tasks.Count, treatment.Moments.Mean, treatment.Tasks.Count, confidence) : null),
            shares);
    }

    /// <summary>Returns the interval that is valid at every look, so that looking after each session causes no more errors than looking
    /// once; null if rewards are not from 0 to 1, or there are too few tasks.</summary>
    /// <inheritdoc cref="Of"/>
    public static Interval? AlwaysValid(Arm control, Arm treatment, double confidence, bool paired)
    {
        if (control.Moments.Count == 0 || treatment.Moments.Count == 0 || !control.IsShare || !treatment.IsShare)
        {
            return null;
        }

        // Use the pull of each task on both means; if it ran in both arms, what they have in common cancels out.
        var tasks = control.Tasks.Keys.Union(treatment.Tasks.Keys).ToList();
        var squares = tasks.Sum(task => paired ? Square(treatment.Pull(task) - control.Pull(task)) : Square(treatment.Pull(task)) + Square(control.Pull(task)));
        var (one, other) = (control.Moments, treatment.Moments);
        if (AlwaysValidInterval.FlooredError(squares, tasks.Count, (one.Mean * one.Count) + (other.Mean * other.Count), other.Count, one.Count) is not (> 0 and { } error))
        {
            return null;
        }

        var bounds = AlwaysValidInterval.Within(AlwaysValidInterval.Of(other.Mean - one.Mean, error, Math.Min(1 - confidence, 0.5)));
        return new Interval(bounds.Low, bounds.High, confidence, paired ? "always-valid-paired-by-task" : "always-valid-by-task");
    }

    /// <summary>Returns the interval from counts, means and spreads alone.</summary>
    /// <param name="control">The control arm.</param>
    /// <param name="treatment">The treatment arm.</param>
    /// <param name="confidence">0 to 1.</param>
    /// <param name="shares">Whether all numbers are from 0 to 1, so that no spread can be larger than that of zeros and ones.</param>
    /// <param name="binary">Whether all numbers are 0 or 1.</param>
    public static Interval? OfMoments(Moments control, Moments treatment, double confidence, bool shares, bool binary)
    {
        if (control.Count == 0 || treatment.Count == 0)
        {
            return null;
        }

        return Bounded(
            (binary ? null : Welch(
                treatment.Mean - control.Mean,
                control.Variance / control.Count, control.Count, treatment.Variance / treatment.Count, treatment.Count, confidence, "welch"))
            ?? (shares ? Newcombe(control.Mean, control.Count, treatment.Mean, treatment.Count, confidence) : null),
            shares);
    }

    /// <summary>Returns Newcombe's interval (1998, method 10) for two shares from 0 to 1.</summary>
    /// <remarks>With means of other numbers from 0 to 1, it is too wide rather than too narrow: for a given mean, zeros and ones have the
    /// largest spread.</remarks>
    public static Interval Newcombe(double control, long controlCount, double treatment, long treatmentCount, double confidence)
    {
        var (low1, high1) = Wilson(treatment, treatmentCount, confidence);
        var (low2, high2) = Wilson(control, controlCount, confidence);
        var difference = treatment - control;
        return new Interval(
            difference - Math.Sqrt(Square(treatment - low1) + Square(high2 - control)),
            difference + Math.Sqrt(Square(high1 - treatment) + Square(control - low2)),
            confidence,
            "newcombe");
    }

    /// <summary>Whether tasks are the random sample, because they repeat; otherwise sessions are.</summary>
    private static bool IsByTask(Arm control, Arm treatment)
    {
        var repeats = control.Tasks.Count < control.Moments.Count || treatment.Tasks.Count < treatment.Moments.Count
            || treatment.Tasks.Keys.Any(control.Tasks.ContainsKey);
        return repeats && control.Tasks.Keys.Union(treatment.Tasks.Keys).Take(FewTasks).Count() == FewTasks;
    }

    // Means of numbers from 0 to 1 cannot differ by more than 1, whatever the result for few sessions.
    private static Interval? Bounded(Interval? interval, bool shares) => interval is null || !shares
        ? interval
        : interval with { Low = Math.Max(-1, interval.Low), High = Math.Min(1, interval.High) };

    /// <summary>Returns Wilson's score interval for a share.</summary>
    public static (double Low, double High) Wilson(double share, long count, double confidence)
    {
        var z = Normal.InvCDF(0, 1, 1 - ((1 - confidence) / 2));
        var centre = share + (z * z / (2 * count));
        var reach = z * Math.Sqrt((share * (1 - share) / count) + (z * z / (4d * count * count)));
        var scale = 1 + (z * z / count);
        return (Math.Max(0, (centre - reach) / scale), Math.Min(1, (centre + reach) / scale));
    }

    private static Interval? Welch(
        double difference, double controlError, long controlUnits, double treatmentError, long treatmentUnits, double confidence, string method)
    {
        if (controlUnits < 2 || treatmentUnits < 2)
        {
            return null;
        }

        var error = controlError + treatmentError;
        if (error <= 1e-15 * (1 + Square(difference)))
        {
            return null; // No spread at all is no certainty; it means that the spread was not seen.
        }

        var freedom = Square(error)
            / ((Square(controlError) / (controlUnits - 1)) + (Square(treatmentError) / (treatmentUnits - 1)));
        return Symmetric(difference, Math.Sqrt(error), freedom, confidence, method);
    }

    private static Interval? Paired(Arm control, Arm treatment, double confidence)
    {
        var shared = treatment.Tasks.Keys.Count(control.Tasks.ContainsKey);
        if (shared < 2)
        {
            return null;
        }

        var tasks = control.Tasks.Keys.Union(treatment.Tasks.Keys).ToList();
        var squares = tasks.Sum(task => Square(treatment.Pull(task) - control.Pull(task)));
        var error = Math.Sqrt(squares * tasks.Count / (tasks.Count - 1));
        var difference = treatment.Moments.Mean - control.Moments.Mean;
        return error <= 1e-9 ? null : Symmetric(difference, error, shared - 1, confidence, "paired-by-task");
    }

    private static double SquaredErrorOfTasks(Arm arm)
    {
        var tasks = arm.Tasks.Count;
        return tasks < 2 ? 0 : arm.Tasks.Keys.Sum(task => Square(arm.Pull(task))) * tasks / (tasks - 1);
    }

    private static Interval Symmetric(double difference, double error, double freedom, double confidence, string method)
    {
        var reach = error * StudentT.InvCDF(0, 1, freedom, 1 - ((1 - confidence) / 2));
        return new Interval(difference - reach, difference + reach, confidence, method);
    }

    private static double Square(double value) => value * value;
}
