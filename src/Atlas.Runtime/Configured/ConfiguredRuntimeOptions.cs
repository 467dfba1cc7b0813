using System.Collections.Immutable;
using Atlas.Models.Providers;
using Atlas.Runtime.Observing;
using Atlas.Runtime.Triage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atlas.Runtime.Configured;

/// <summary>What an application adds to a configuration.</summary>
public sealed record ConfiguredRuntimeOptions
{
    /// <summary>Functions that execute tools, besides those of MCP servers. One that has the name of a tool in <c>agent.tools</c> executes that.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<AIFunction> Functions { get; init; } = [];

    /// <summary>Makes the clients of models; stays the caller's.</summary>
    /// <value>The default is null: one is made, and disposed of with the rest.</value>
    public ChatClientFactory? Models { get; init; }

    /// <summary>Adapters that write the triage dossier, by name.</summary>
    /// <value>The default is none but those that come with Atlas.</value>
    public ImmutableDictionary<string, ITriageAdapter> TriageAdapters { get; init; } = ImmutableDictionary<string, ITriageAdapter>.Empty;

    /// <summary>Are told what happens in every session.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<IRunObserver> Observers { get; init; } = [];

    /// <summary>Reads an environment variable: keys and tokens.</summary>
    /// <value>The default reads those of the process.</value>
    public Func<string, string?> ReadVariable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The clock.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the log.</summary>
    /// <value>The default writes none.</value>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}
