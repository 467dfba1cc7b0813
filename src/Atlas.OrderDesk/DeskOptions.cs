using System.ComponentModel.DataAnnotations;

namespace Atlas.OrderDesk;

/// <summary>Options of the desk's server.</summary>
public sealed record DeskOptions
{
    /// <summary>Gets the port on loopback; 0 chooses a free one.</summary>
    /// <value>The default is 0.</value>
    [Range(0, 65535)]
    public int Port { get; init; }

    /// <summary>Gets the number of sessions that the scripted synthesizer has to see with its last lesson before it teaches the next
    /// one.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 100)]
    public int SessionsPerLesson { get; init; } = 1;

    /// <summary>Gets a function that is called with the name of a model before it answers; the caller of the model waits for its
    /// task.</summary>
    /// <value>The default does nothing.</value>
    public Func<string, CancellationToken, Task> BeforeAnswer { get; init; } = (_, _) => Task.CompletedTask;
}
