namespace Atlas.Benchmarks.Harness;

/// <summary>One of the alternatives that are compared.</summary>
/// <param name="Name">The name, which distinguishes it from the others of its benchmark.</param>
/// <param name="RepeatAsync">Repeats the measured operation a number of times, sequentially.</param>
internal sealed record Contestant(string Name, Func<int, Task> RepeatAsync)
{
    /// <summary>Creates a contestant with a synchronous operation.</summary>
    public static Contestant Of(string name, Action operation) => new(name, times =>
    {
        for (var i = 0; i < times; i++)
        {
            operation();
        }

        return Task.CompletedTask;
    });

    /// <summary>Creates a contestant with an asynchronous operation.</summary>
    public static Contestant Of(string name, Func<Task> operation) => new(name, async times =>
    {
        for (var i = 0; i < times; i++)
        {
            await operation();
        }
    });
}
