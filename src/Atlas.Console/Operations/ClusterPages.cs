using System.Collections.Immutable;
using Atlas.Contracts;
using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Identity.Calls;
using Atlas.Pages.Frame;
using Atlas.Queries.Cluster;
using Atlas.Storage.Access;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Atlas.Pages.Operations;

/// <summary><c>/cluster</c>: silos, queues, failures, and remaining budgets.</summary>
internal static class ClusterPages
{
    /// <summary>The path at which silos map the Orleans dashboard.</summary>
    public const string Dashboard = "/orleans";

    private const int MostSilos = 100;
    private const int MostFailures = 50;
    private const int MostBudgets = 200;
    private static readonly TimeSpan Past = TimeSpan.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Map(ConsoleRoutes routes) => routes.Page("/cluster", Scopes.Read, LoadAsync);

    /// <summary>Returns the budgets that a reader can see.</summary>
    public static async Task<ImmutableArray<BudgetStanding>> BudgetsAsync(ConsoleRequest request)
    {
        var (caller, store) = (request.Caller, request.Service<BudgetStore>());
        if (caller.Prefix.Length > 0 || !caller.May(Scopes.Admin))
        {
            return await store.ListAsync(
                [BudgetStore.OfKey(caller.Tenant, caller.Name), .. BudgetStore.OfTenant(caller.Tenant) is { } tenant ? [tenant] : Array.Empty<string>()],
                request.Stop).ConfigureAwait(false);
        }

        var all = await store.ListAsync(null, request.Stop).ConfigureAwait(false);
        return caller.Tenant.Length == 0 ? all
            : [.. all.Where(one => one.Owner == BudgetStore.OfTenant(caller.Tenant) || one.Owner.StartsWith(BudgetStore.OfKey(caller.Tenant, ""), StringComparison.Ordinal))];
    }

    private static async Task<ConsolePage> LoadAsync(ConsoleRequest request)
    {
        var (caller, queries) = (request.Caller, new ClusterQueries(request.Service<Backend>().Database));
        var (key, stage) = (request.Text("key"), request.Text("stage"));
        if (stage is not null && !ClusterModel.Stages.Contains(stage, StringComparer.Ordinal))
        {
            throw Problem.InvalidRequest.With($"The parameter 'stage' is one of {string.Join(", ", ClusterModel.Stages)}.");
        }

        var activations = ActivationsAsync(request);
        var silos = await queries.SilosAsync(
            request.Service<IOptions<ClusterOptions>>().Value.ClusterId, request.Service<TimeProvider>().GetUtcNow() - Past, MostSilos, request.Stop).ConfigureAwait(false);
        var queues = await queries.QueuesAsync(caller.StoredPrefix, caller.HiddenPrefix, request.Stop).ConfigureAwait(false);
        var failures = await queries.FailuresAsync(
            caller.StoredPrefix, caller.HiddenPrefix, key is null ? null : caller.Store(key), stage, MostFailures + 1, request.Stop).ConfigureAwait(false);
        var budgets = await BudgetsAsync(request).ConfigureAwait(false);
        return new ConsolePage(typeof(ClusterPage), "Cluster", "cluster", new ClusterModel(
            silos,
            Here(request),
            await activations.ConfigureAwait(false),
            queues,
            [.. failures.Take(MostFailures)],
            failures.Length > MostFailures,
            [.. budgets.OrderByDescending(ClusterModel.IsSpent).ThenBy(one => one.Owner, StringComparer.Ordinal).Take(MostBudgets)],
            key,
            stage,
            caller.StoredPrefix is null,
            HasDashboard(request)));
    }

    /// <summary>Returns the number of grains on each silo. A dying silo must not delay the page.</summary>
    private static async Task<ImmutableArray<GrainCount>?> ActivationsAsync(ConsoleRequest request)
    {
        // Only silos can ask this of each other, and the answer is no secret: names of classes and numbers.
        request.Context.RequestServices.GetService<TicketOffice>()?.SpeakForItself();
        try
        {
            var counts = await request.Service<Backend>().Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics()
                .WaitAsync(Patience, request.Service<TimeProvider>(), request.Stop).ConfigureAwait(false);
            return
            [
                .. counts.Select(one => new GrainCount(
                    one.SiloAddress.Endpoint.Address.ToString(), one.SiloAddress.Endpoint.Port, one.SiloAddress.Generation, one.GrainType, one.ActivationCount)),
            ];
        }
        catch (Exception away) when (away is TimeoutException or OrleansException or AtlasUnavailableException or AtlasRefusedException)
        {
            return null;
        }
    }

    private static (string Address, int Port, int Generation)? Here(ConsoleRequest request) =>
        request.Context.RequestServices.GetService<ILocalSiloDetails>()?.SiloAddress is { } here
            ? (here.Endpoint.Address.ToString(), here.Endpoint.Port, here.Generation)
            : null;

    private static bool HasDashboard(ConsoleRequest request) => request.Context.RequestServices.GetService<EndpointDataSource>()?.Endpoints
        .Any(endpoint => endpoint is RouteEndpoint { RoutePattern.RawText: { } path } && ('/' + path.TrimStart('/')).StartsWith(Dashboard, StringComparison.OrdinalIgnoreCase)) ?? false;
}
