namespace Atlas.Cluster.Linearizability;

/// <summary>Looks for an order of the operations that explains every answer and keeps to their times (Wing and Gong), and
/// remembers which sets of operations led to which state (Lowe), so that no path is walked twice.</summary>
internal static class LinearizabilityChecker
{
    /// <param name="model">What the object does.</param>
    /// <param name="history">What was seen of it, in any order.</param>
    /// <param name="mostSteps">Gives up after so many tries.</param>
    public static Verdict Check<TState, TOperation>(
        IModel<TState, TOperation> model, IReadOnlyList<Interval<TOperation>> history, long mostSteps = 20_000_000)
        where TState : class, IEquatable<TState>
    {
        var list = EventList.Of(history);
        var seen = new HashSet<Visited<TState>>();
        var path = new Stack<(EventList.Event Call, TState Before)>();
        var done = new OperationSet(history.Count);
        var state = model.Initial;
        var answered = history.Count(interval => interval.Returned is not null);
        var explained = 0;
        var at = list.First;
        for (var steps = 0L; explained < answered; steps++)
        {
            if (steps > mostSteps)
            {
                return Verdict.Undecided;
            }

            if (at is { IsCall: true } && TryStep(at))
            {
                at = list.First;
            }
            else if (at is { IsCall: true })
            {
                at = at.Next;
            }
            else if (path.TryPop(out var last))
            {
                // An answer stands here whose operation was not reached, or the end: the last choice was wrong.
                state = last.Before;
                done.Remove(last.Call.Operation);
                explained -= last.Call.Answer is null ? 0 : 1;
                EventList.PutBack(last.Call);
                at = last.Call.Next;
            }
            else
            {
                return Verdict.NotLinearizable;
            }
        }

        return Verdict.Linearizable;

        bool TryStep(EventList.Event call)
        {
            if (model.Apply(state, history[call.Operation].Operation) is not { } next)
            {
                return false;
            }

            done.Add(call.Operation);
            if (!seen.Add(new Visited<TState>(done.Copy(), next)))
            {
                done.Remove(call.Operation);
                return false;
            }

            path.Push((call, state));
            state = next;
            explained += call.Answer is null ? 0 : 1;
            EventList.TakeOut(call);
            return true;
        }
    }

    private readonly record struct Visited<TState>(OperationSet Done, TState State);
}
