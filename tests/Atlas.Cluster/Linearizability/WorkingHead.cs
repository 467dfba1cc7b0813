using Atlas.Cluster.Histories;

namespace Atlas.Cluster.Linearizability;

/// <summary>Histories of a head that does what it should: every operation takes effect at one moment between its call and its
/// answer, and some answers get lost.</summary>
internal static class WorkingHead
{
    private const int Operations = 60;

    public static Interval<HeadOperation>[] Run(int seed) => Run(seed, out _);

    private static Interval<HeadOperation>[] Run(int seed, out HeadState state)
    {
        var random = new Random(seed);
        state = HeadState.Empty;
        var seen = new List<Interval<HeadOperation>>();
        for (var moment = 100L; seen.Count < Operations; moment += random.Next(1, 10))
        {
            // Calls lie up to forty apart around moments that are a few apart, so several overlap at any time.
            var (invoked, returned) = (moment - random.Next(1, 40), moment + random.Next(1, 40));
            var lost = random.Next(10) == 0;
            var text = $"t{seen.Count}";
            HeadOperation operation;
            switch (random.Next(10))
            {
                case < 3:
                    state = state.With(text);
                    operation = new HeadOperation(HeadCall.Import, text);
                    break;
                case 3 when state.Version > 0:
                    var target = random.Next(1, state.Version + 1);
                    state = state.With(state.TextOf(target)!);
                    operation = new HeadOperation(HeadCall.Rollback, Target: target);
                    break;
                default:
                    seen.Add(new(new HeadOperation(HeadCall.Resolve, Version: state.Version, Answer: state.Text), invoked, returned));
                    continue;
            }

            seen.Add(lost ? new(operation, invoked, null) : new(operation with { Version = state.Version }, invoked, returned));
        }

        return [.. seen];
    }

    /// <summary>The same with one read answered from a version that another operation had acknowledged as replaced before it was
    /// called; null if the history has no such read.</summary>
    public static Interval<HeadOperation>[]? WithStaleRead(int seed)
    {
        var history = Run(seed, out var final);
        for (var at = history.Length - 1; at >= 0; at--)
        {
            var read = history[at];
            var acknowledged = history
                .Where(other => other.Returned < read.Invoked)
                .Select(other => other.Operation.Version ?? 0)
                .DefaultIfEmpty(0)
                .Max();
            if (read.Operation.Kind is HeadCall.Resolve && acknowledged > 0)
            {
                history[at] = read with { Operation = read.Operation with { Version = acknowledged - 1, Answer = final.TextOf(acknowledged - 1) } };
                return history;
            }
        }

        return null;
    }
}
