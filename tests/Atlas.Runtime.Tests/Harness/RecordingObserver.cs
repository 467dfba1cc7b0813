using System.Collections.Concurrent;
using Atlas.Runtime.Observing;

namespace Atlas.Runtime.Tests.Harness;

/// <summary>Remembers what it was told, and fails when it is to.</summary>
internal sealed class RecordingObserver : IRunObserver
{
    private readonly ConcurrentQueue<RunEvent> _events = new();

    public bool Fails { get; set; }

    public RunStarted? Start { get; private set; }

    public RunResult? Result { get; private set; }

    public IReadOnlyList<RunEvent> Events => [.. _events];

    /// <summary>When set, is called for every event.</summary>
    public Action<RunEvent>? Seen { get; set; }

    public void Started(RunStarted started) => Start = started;

    public void Happened(RunEvent happened)
    {
        _events.Enqueue(happened);
        Seen?.Invoke(happened);
        if (Fails)
        {
            throw new InvalidOperationException("This observer is broken.");
        }
    }

    public void Completed(RunResult result) => Result = result;
}
