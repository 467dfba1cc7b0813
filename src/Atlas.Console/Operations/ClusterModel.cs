using System.Collections.Immutable;
using Atlas.Queries.Cluster;
using Atlas.Storage.Access;

namespace Atlas.Pages.Operations;

/// <summary>The model of the cluster page.</summary>
/// <param name="Silos">The silos; those that stopped within the last day come last.</param>
/// <param name="Here">The address of the silo that serves the page; null if it is not served by a silo.</param>
/// <param name="Activations">The number of grains per kind in the memory of each silo; null if the silos did not respond in time.</param>
/// <param name="Queues">The queues and their lengths.</param>
/// <param name="Failures">The failures that are not settled.</param>
/// <param name="HasMoreFailures">Whether there are more failures than those.</param>
/// <param name="Budgets">The limits for today, and what was spent.</param>
/// <param name="Key">Failures of this learning key only, as the reader writes it; null for all.</param>
/// <param name="Stage">Failures at this stage only; null for all.</param>
/// <param name="IsWhole">Whether the reader sees the machines, not only their own share of the work.</param>
/// <param name="HasDashboard">Whether the Orleans dashboard is available.</param>
public sealed record ClusterModel(
    ImmutableArray<SiloStanding> Silos,
    (string Address, int Port, int Generation)? Here,
    ImmutableArray<GrainCount>? Activations,
    ClusterQueues Queues,
    ImmutableArray<OpenFailure> Failures,
    bool HasMoreFailures,
    ImmutableArray<BudgetStanding> Budgets,
    string? Key,
    string? Stage,
    bool IsWhole,
    bool HasDashboard)
{
    /// <summary>The stages at which Atlas itself can fail.</summary>
    public static readonly ImmutableArray<string> Stages = ["completion", "judgement", "counting", "review"];

    public int Working => Silos.Count(silo => silo.State is SiloState.Active);

    /// <summary>Gets a value indicating whether active silos learn by different rules.</summary>
    public bool HasTwoRules => Silos.Where(silo => silo.State is SiloState.Active && silo.Rules is not null).Select(silo => silo.Rules).Distinct().Count() > 1;

    public bool IsHere(SiloStanding silo) => Here is { } here && here == (silo.Address, silo.Port, silo.Generation);

    /// <summary>Returns how many grains a silo has in memory; null if it did not respond.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="kind">Only of this class; null for all.</param>
    public long? Count(SiloStanding silo, string? kind = null) => silo.State is not SiloState.Active || Activations is not { } all ? null
        : all.Where(one => (one.Address, one.Port, one.Generation) == (silo.Address, silo.Port, silo.Generation) && (kind is null || one.Kind.Contains(kind, StringComparison.Ordinal)))
            .Sum(one => one.Count);

    public static bool IsSpent(BudgetStanding budget) => budget.Tokens >= budget.TokensPerDay || budget.Usd >= budget.UsdPerDay;
}

/// <summary>Grains of one kind in the memory of a silo.</summary>
/// <param name="Address">The silo's IP address.</param>
/// <param name="Port">Its silo-to-silo port.</param>
/// <param name="Generation">The generation, which identifies a run of the silo.</param>
/// <param name="Kind">The class of the grains.</param>
/// <param name="Count">The number of grains.</param>
public sealed record GrainCount(string Address, int Port, int Generation, string Kind, int Count);
