namespace Atlas.Runtime.Observing;

/// <summary>Observes a running session: a console, a log, a dashboard.</summary>
/// <remarks>Parallel steps call it from several threads concurrently. An exception is logged and changes nothing; a slow observer slows down
/// the session.</remarks>
public interface IRunObserver
{
    /// <summary>Called when the session has started and its playbook is known.</summary>
    void Started(RunStarted started)
    {
    }

    /// <summary>Called for each event.</summary>
    void Happened(RunEvent happened)
    {
    }

    /// <summary>Called when the session has been closed, even if it failed or was cancelled.</summary>
    void Completed(RunResult result)
    {
    }
}
