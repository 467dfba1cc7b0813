namespace Atlas.Benchmarks.Harness;

/// <summary>One of the ways that are compared.</summary>
/// <param name="Name">What tells it from the others of its benchmark.</param>
/// <param name="RepeatAsync">Does the measured operation so many times, one after the other.</param>
internal sealed record Contestant(string Name, Func<int, Task> RepeatAsync)
{
    /// <summary>A contestant whose operation never waits.</summary>
    public static Contestant Of(string name, Action operation) => new(name, times =>
    {
        for (var i = 0; i < times; i++)
        {
            operation();
        }

        return Task.CompletedTask;
    });

    /// <summary>A contestant whose operation may wait.</summary>
    public static Contestant Of(string name, Func<Task> operation) => new(name, async times =>
    {
        for (var i = 0; i < times; i++)
        {
            await operation();
        }
    });
}
