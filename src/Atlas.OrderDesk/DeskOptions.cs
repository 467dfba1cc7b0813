using System.ComponentModel.DataAnnotations;

namespace Atlas.OrderDesk;

/// <summary>How the desk is served.</summary>
public sealed record DeskOptions
{
    /// <summary>The port on loopback; 0 takes one that is free.</summary>
    /// <value>The default is 0.</value>
    [Range(0, 65535)]
    public int Port { get; init; }

    /// <summary>Sessions that the scripted synthesizer wants to see of what it taught before it teaches the next thing.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 100)]
    public int SessionsPerLesson { get; init; } = 1;

    /// <summary>Is called with the name of a model before it answers; what it awaits, the caller of the model waits for.</summary>
    /// <value>The default does nothing.</value>
    public Func<string, CancellationToken, Task> BeforeAnswer { get; init; } = (_, _) => Task.CompletedTask;
}
