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
    /// <summary>Gets functions that execute tools, in addition to those of MCP servers. A function with the name of a tool in
    /// <c>agent.tools</c> executes that tool.</summary>
    /// <value>The default is empty.</value>
    public ImmutableArray<AIFunction> Functions { get; init; } = [];

    /// <summary>Gets the factory for clients of models, which the caller disposes of.</summary>
    /// <value>The default is null: a factory is created and disposed of with the rest.</value>
    public ChatClientFactory? Models { get; init; }

    /// <summary>Gets the adapters that write the triage dossier, by name.</summary>
    /// <value>The default is empty: only the built-in adapters.</value>
    public ImmutableDictionary<string, ITriageAdapter> TriageAdapters { get; init; } = ImmutableDictionary<string, ITriageAdapter>.Empty;

    /// <summary>Gets the observers of every session.</summary>
    /// <value>The default is empty.</value>
    public ImmutableArray<IRunObserver> Observers { get; init; } = [];

    /// <summary>Gets the function that reads an environment variable: keys and tokens.</summary>
    /// <value>The default reads those of the process.</value>
    public Func<string, string?> ReadVariable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Gets the clock.</summary>
    /// <value>The default is the system clock.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets the factory for loggers.</summary>
    /// <value>The default logs nothing.</value>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}
