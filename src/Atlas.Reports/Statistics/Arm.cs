using Atlas.Learning.Reports;

namespace Atlas.Reports.Statistics;

/// <summary>The numbers of one side of a comparison, summed by task.</summary>
internal sealed class Arm
{
    private readonly Dictionary<long, TaskSum> _tasks = [];
    private Moments _moments;

    public Moments Moments => _moments;

    /// <summary>Whether every number was 0 or 1.</summary>
    public bool IsBinary { get; private set; } = true;

    /// <summary>Whether every number was from 0 to 1.</summary>
    public bool IsShare { get; private set; } = true;

    public IReadOnlyDictionary<long, TaskSum> Tasks => _tasks;

    /// <summary>The cost of its sessions.</summary>
    public CostSums Costs { get; } = new();

    /// <summary>Adds a session with a reward.</summary>
    public void Add(SessionFacts facts, double score)
    {
        Add(facts.TaskHash, score);
        Costs.Add(facts);
    }

    public void Add(long task, double value)
    {
        _moments.Add(value);
        IsBinary &= value is 0 or 1;
        IsShare &= value is >= 0 and <= 1;
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_tasks, task, out _).Add(value);
    }

    /// <summary>Returns how far a task moved the mean: the sum of its numbers' distances from the mean, divided by the count of all
    /// numbers.</summary>
    public double Pull(long task) =>
        _tasks.TryGetValue(task, out var sum) ? (sum.Sum - (sum.Count * _moments.Mean)) / _moments.Count : 0;

    /// <summary>Sum of a task's numbers.</summary>
    public struct TaskSum
    {
        public long Count { get; private set; }

        public double Sum { get; private set; }

        public void Add(double value)
        {
            Count++;
            Sum += value;
        }
    }
}
