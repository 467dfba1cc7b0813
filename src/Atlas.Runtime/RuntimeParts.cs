using System.Collections.Immutable;
using Atlas.Learning.Options;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Observing;
using Atlas.Runtime.Triage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atlas.Runtime;

/// <summary>The participants of a runtime. The caller disposes of them after the last run.</summary>
public sealed record RuntimeParts
{
    /// <summary>Gets the agent that does the tasks.</summary>
    public required IAgent Agent { get; init; }

    /// <summary>Gets the model that reviews, validates and guides.</summary>
    /// <value>The default is null: every session runs as <c>auto</c>.</value>
    public IChatClient? Teacher { get; init; }

    /// <summary>Gets the model that chooses the mode.</summary>
    /// <value>The default is null: if it would be asked, <c>adaptive_teaching.probe.fallback_mode</c> decides.</value>
    public IChatClient? Probe { get; init; }

    /// <summary>Gets the adapters that write the triage dossier, by the name in <c>adaptive_teaching.triage_adapter</c>. The built-in ones
    /// (<c>sre</c>, <c>support</c>, <c>code</c>) need not be listed.</summary>
    /// <value>The default is empty.</value>
    public ImmutableDictionary<string, ITriageAdapter> TriageAdapters { get; init; } = ImmutableDictionary<string, ITriageAdapter>.Empty;

    /// <summary>Gets the observers of every session.</summary>
    /// <value>The default is empty.</value>
    public ImmutableArray<IRunObserver> Observers { get; init; } = [];

    /// <summary>Gets token prices by role: <c>student</c>, <c>teacher</c>, <c>probe</c>.</summary>
    /// <value>The default is empty: only tokens are counted.</value>
    public ImmutableDictionary<string, TokenPrice> Prices { get; init; } = ImmutableDictionary<string, TokenPrice>.Empty;

    /// <summary>Gets the clock.</summary>
    /// <value>The default is the system clock.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets the factory for loggers.</summary>
    /// <value>The default logs nothing.</value>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}
