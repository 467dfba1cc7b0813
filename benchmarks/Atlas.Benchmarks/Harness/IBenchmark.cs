namespace Atlas.Benchmarks.Harness;

/// <summary>A question that is answered by measuring two or more alternatives side by side.</summary>
internal interface IBenchmark
{
    /// <summary>Gets the name on the command line: lowercase, words joined by a hyphen.</summary>
    string Name { get; }

    /// <summary>Gets one sentence that says what is compared with what.</summary>
    string Description { get; }

    /// <summary>Gets a value indicating whether it is part of the quick run, which shows within five minutes whether something important
    /// has changed.</summary>
    bool IsQuick => false;

    /// <summary>Prepares the benchmark and runs the contestants.</summary>
    Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken);
}
