namespace Atlas.Benchmarks.Harness;

/// <summary>One question, answered by measuring two or more ways side by side.</summary>
internal interface IBenchmark
{
    /// <summary>What it is called on the command line: lower case, words joined by a hyphen.</summary>
    string Name { get; }

    /// <summary>One sentence: what is measured, against what.</summary>
    string Description { get; }

    /// <summary>Prepares what is needed, and lets the contestants run.</summary>
    Task<BenchmarkReport> RunAsync(Rounds rounds, CancellationToken cancellationToken);
}
