using System.Collections.Immutable;
using Atlas.Learning.Options;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Observing;
using Atlas.Runtime.Triage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atlas.Runtime;

/// <summary>Who takes part. All of them stay the caller's, who disposes of them after the last run.</summary>
public sealed record RuntimeParts
{
    /// <summary>Does the tasks.</summary>
    public required IAgent Agent { get; init; }

    /// <summary>Reviews, validates and guides.</summary>
    /// <value>The default is null: every session runs as <c>auto</c>.</value>
    public IChatClient? Teacher { get; init; }

    /// <summary>Chooses the mode.</summary>
    /// <value>The default is null: where it would be asked, <c>adaptive_teaching.probe.fallback_mode</c> decides.</value>
    public IChatClient? Probe { get; init; }

    /// <summary>Adapters that write the triage dossier, by the name that <c>adaptive_teaching.triage_adapter</c> uses. Those that come
    /// with Atlas (<c>sre</c>, <c>support</c>, <c>code</c>) need not be named.</summary>
    /// <value>The default is none.</value>
    public ImmutableDictionary<string, ITriageAdapter> TriageAdapters { get; init; } = ImmutableDictionary<string, ITriageAdapter>.Empty;

    /// <summary>Are told what happens in every session.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<IRunObserver> Observers { get; init; } = [];

    /// <summary>What tokens cost, by role: <c>student</c>, <c>teacher</c>, <c>probe</c>.</summary>
    /// <value>The default is none: only tokens are counted.</value>
    public ImmutableDictionary<string, TokenPrice> Prices { get; init; } = ImmutableDictionary<string, TokenPrice>.Empty;

    /// <summary>The clock.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the log.</summary>
    /// <value>The default writes none.</value>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}
