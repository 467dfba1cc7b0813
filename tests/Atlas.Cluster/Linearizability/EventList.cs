namespace Atlas.Cluster.Linearizability;

/// <summary>Calls and answers in the order of their times, as a chain from which an operation can be taken out and put back.</summary>
internal sealed class EventList
{
    private readonly Event _head = new(-1);

    private EventList()
    {
    }

    /// <summary>The operations that may come next: those that were called before the first answer. Those that were answered come
    /// first, because of the others it is not even known whether they happened.</summary>
    public Queue<Event> Candidates()
    {
        var calls = new List<Event>();
        for (var at = _head.Next; at is { IsCall: true }; at = at.Next)
        {
            calls.Add(at);
        }

        return new Queue<Event>(calls.OrderBy(call => call.Answer is null));
    }

    public static EventList Of<TOperation>(IReadOnlyList<Interval<TOperation>> history)
    {
        var events = new List<(long Time, bool IsAnswer, Event Event)>();
        for (var operation = 0; operation < history.Count; operation++)
        {
            var call = new Event(operation);
            events.Add((history[operation].Invoked, false, call));
            if (history[operation].Returned is { } returned)
            {
                // An operation that was never answered has no end that another one must come after.
                call.Answer = new Event(operation) { IsCall = false };
                events.Add((returned, true, call.Answer));
            }
        }

        var list = new EventList();
        var last = list._head;
        // At the same time calls come first: those two operations may have overlapped.
        foreach (var (_, _, next) in events.OrderBy(item => item.Time).ThenBy(item => item.IsAnswer))
        {
            (last.Next, next.Previous) = (next, last);
            last = next;
        }

        return list;
    }

    public static void TakeOut(Event call)
    {
        Unlink(call);
        if (call.Answer is { } answer)
        {
            Unlink(answer);
        }
    }

    public static void PutBack(Event call)
    {
        if (call.Answer is { } answer)
        {
            Link(answer);
        }

        Link(call);
    }

    private static void Unlink(Event item)
    {
        item.Previous!.Next = item.Next;
        if (item.Next is { } next)
        {
            next.Previous = item.Previous;
        }
    }

    private static void Link(Event item)
    {
        item.Previous!.Next = item;
        if (item.Next is { } next)
        {
            next.Previous = item;
        }
    }

    /// <summary>A call, or the answer to one.</summary>
    internal sealed class Event(int operation)
    {
        public int Operation { get; } = operation;

        /// <summary>Of a call, its answer; null if none came.</summary>
        public Event? Answer { get; set; }

        public Event? Next { get; set; }

        public Event? Previous { get; set; }

        public bool IsCall { get; init; } = true;
    }
}
