using Atlas.Runtime;
using Atlas.Runtime.Observing;

namespace Atlas.Cli.Run.Console;

/// <summary>Combines several observers, which are notified in order.</summary>
internal sealed class Observers(IReadOnlyList<IRunObserver> all) : IRunObserver
{
    public void Started(RunStarted started)
    {
        foreach (var observer in all)
        {
            observer.Started(started);
        }
    }

    public void Happened(RunEvent happened)
    {
        foreach (var observer in all)
        {
            observer.Happened(happened);
        }
    }

    public void Completed(RunResult result)
    {
        foreach (var observer in all)
        {
            observer.Completed(result);
        }
    }
}
