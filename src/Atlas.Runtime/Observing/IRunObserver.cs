namespace Atlas.Runtime.Observing;

/// <summary>Is told what happens in a session while it runs: a console, a log, a dashboard.</summary>
/// <remarks>Parallel steps tell from several threads at once. What an observer throws is logged, and changes nothing; what takes
/// it long holds up the session.</remarks>
public interface IRunObserver
{
    /// <summary>The session has been opened, and its playbook is known.</summary>
    void Started(RunStarted started)
    {
    }

    /// <summary>Something happened.</summary>
    void Happened(RunEvent happened)
    {
    }

    /// <summary>The session has been closed. Also told when it failed or was cancelled.</summary>
    void Completed(RunResult result)
    {
    }
}
