using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Learning.Evidence;

/// <summary>The expected reward of a task, from the sessions counted before: its own mean, shrunk towards that of the key.</summary>
/// <remarks>
/// A control variate: a good expectation shortens a trial, a bad one costs sessions, but none makes it wrong. The number of tasks can
/// therefore be bounded: those seen last are kept, all others take the key's mean, which stays exact. Any order of sessions gives the same
/// sums until a task is forgotten; taking a session out and putting it back never leaves a trace. Immutable.
/// </remarks>
[JsonConverter(typeof(TaskExpectationJson))]
public sealed class TaskExpectation
{
    /// <summary>Tasks whose sums are kept.</summary>
    public const int Remembered = 512;

    private const double Clip = 0.02;

    /// <summary>No session yet.</summary>
    public static TaskExpectation None { get; } = new(0, 0, long.MinValue, ImmutableDictionary.Create<string, TaskSum>(StringComparer.Ordinal));

    internal TaskExpectation(long sessions, decimal sum, long forgotten, ImmutableDictionary<string, TaskSum> tasks) =>
        (Sessions, Sum, Forgotten, Tasks) = (sessions, sum, forgotten, tasks);

    /// <summary>Sessions counted.</summary>
    public long Sessions { get; }

    /// <summary>The mean of all rewards, shrunk towards one half by two sessions.</summary>
    public double Mean => ((double)Sum + 1) / (Sessions + 2);

    internal decimal Sum { get; }

    /// <summary>The highest session number of any forgotten task. A session up to that number may have been in a sum that is
    /// gone.</summary>
    internal long Forgotten { get; }

    internal ImmutableDictionary<string, TaskSum> Tasks { get; }

    /// <summary>Returns the expected reward, 0.02 to 0.98.</summary>
    /// <param name="task">See <see cref="TaskIdentity"/>; null for an unknown task.</param>
    /// <param name="kappa">How many sessions the key's mean counts for, above 0.</param>
    public double Of(string? task, double kappa = EvidenceOptions.DefaultKappa)
    {
        var known = task is null ? default : Tasks.GetValueOrDefault(task);
        return Math.Clamp(((double)known.Sum + (kappa * Mean)) / (known.Count + kappa), Clip, 1 - Clip);
    }

    /// <summary>Returns the expectation with one more session.</summary>
    /// <param name="task">See <see cref="TaskIdentity"/>; null for an unknown task.</param>
    /// <param name="reward">0 to 1.</param>
    /// <param name="session">The session's number; later sessions have higher ones.</param>
    public TaskExpectation Add(string? task, double reward, long session)
    {
        var term = Term(reward);
        return new TaskExpectation(Sessions + 1, Sum + term, Forgotten, Tasks).Put(task, session, 1, term);
    }

    /// <summary>Returns the expectation without a session that was added with the same three values.</summary>
    public TaskExpectation Remove(string? task, double reward, long session)
    {
        var term = Term(reward);
        return new TaskExpectation(Sessions - 1, Sum - term, Forgotten, Tasks).Put(task, session, -1, -term);
    }

    private static decimal Term(double reward) => reward is >= 0 and <= 1
        ? ExactSum.Term(reward)
        : throw new ArgumentOutOfRangeException(nameof(reward), reward, "The reward must be from 0 to 1.");

    private TaskExpectation Put(string? task, long session, int count, decimal sum)
    {
        if (task is null)
        {
            return this;
        }

        var isKnown = Tasks.TryGetValue(task, out var known);
        var after = isKnown ? known.After : Forgotten;
        if (session <= after || (!isKnown && count < 0))
        {
            return this; // It belongs to a sum that was forgotten.
        }

        // A sum without sessions stays, so that a session can return to it.
        var tasks = Tasks.SetItem(task, new TaskSum(known.Count + count, known.Sum + sum, isKnown ? Math.Max(known.Last, session) : session, after));
        return tasks.Count <= Remembered ? new(Sessions, Sum, Forgotten, tasks) : Forget(tasks);
    }

    private TaskExpectation Forget(ImmutableDictionary<string, TaskSum> tasks)
    {
        var oldest = tasks.MinBy(pair => (pair.Value.Last, pair.Key), OldestFirst);
        return new(Sessions, Sum, Math.Max(Forgotten, oldest.Value.Last), tasks.Remove(oldest.Key));
    }

    private static readonly Comparer<(long Last, string Task)> OldestFirst = Comparer<(long Last, string Task)>.Create((left, right) =>
        left.Last != right.Last ? left.Last.CompareTo(right.Last) : string.CompareOrdinal(left.Task, right.Task));

    /// <summary>The sums kept of a task.</summary>
    /// <param name="Count">Sessions in the sum.</param>
    /// <param name="Sum">Their rewards.</param>
    /// <param name="Last">The highest number of a session that was ever in it.</param>
    /// <param name="After">Only sessions above this number are in it.</param>
    internal readonly record struct TaskSum(long Count, decimal Sum, long Last, long After);
}
