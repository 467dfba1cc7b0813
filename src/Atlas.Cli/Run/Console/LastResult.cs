using Atlas.Runtime;
using Atlas.Runtime.Observing;

namespace Atlas.Cli.Run.Console;

/// <summary>Keeps the result of a session that was stopped, because nothing returns it.</summary>
internal sealed class LastResult : IRunObserver
{
    /// <summary>Gets the session, once it has been opened.</summary>
    public RunStarted? Start { get; private set; }

    /// <summary>Gets the result, once it has been closed.</summary>
    public RunResult? Result { get; private set; }

    public void Started(RunStarted started) => Start = started;

    public void Completed(RunResult result) => Result = result;
}
