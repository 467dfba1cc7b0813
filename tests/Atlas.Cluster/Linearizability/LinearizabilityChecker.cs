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
        var done = new OperationSet(history.Count);
        var state = model.Initial;
        var explained = 0;
        var answered = history.Count(interval => interval.Returned is not null);
        var choices = new Stack<Choice<TState>>();
        choices.Push(new Choice<TState>(null, state, list.Candidates()));
        for (var steps = 0L; explained < answered; steps++)
        {
            if (steps > mostSteps)
            {
                return Verdict.Undecided;
            }

            var choice = choices.Peek();
            if (choice.Open.TryDequeue(out var call))
            {
                if (model.Apply(state, history[call.Operation].Operation) is { } next && IsNew(call, next))
                {
                    EventList.TakeOut(call);
                    explained += call.Answer is null ? 0 : 1;
                    choices.Push(new Choice<TState>(call, state, list.Candidates()));
                    state = next;
                }
            }
            else if (choice.Call is { } last)
            {
                // None of the operations that could come next fits: the one before was the wrong one.
                choices.Pop();
                state = choice.Before;
                done.Remove(last.Operation);
                explained -= last.Answer is null ? 0 : 1;
                EventList.PutBack(last);
            }
            else
            {
                return Verdict.NotLinearizable;
            }
        }

        return Verdict.Linearizable;

        bool IsNew(EventList.Event call, TState next)
        {
            done.Add(call.Operation);
            if (seen.Add(new Visited<TState>(done.Copy(), next)))
            {
                return true;
            }

            done.Remove(call.Operation);
            return false;
        }
    }

    private readonly record struct Visited<TState>(OperationSet Done, TState State);

    /// <summary>A place in the order that is looked for.</summary>
    /// <param name="Call">The operation before it; null at the beginning.</param>
    /// <param name="Before">The state before that operation.</param>
    /// <param name="Open">What could come next and was not tried yet.</param>
    private sealed record Choice<TState>(EventList.Event? Call, TState Before, Queue<EventList.Event> Open);
}
