using System.Collections.Immutable;
using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Learning.Options;
using Atlas.Pages.Frame;
using Atlas.Pages.Operations;
using Atlas.Queries.Cluster;
using Atlas.Queries.Keys;
using Atlas.Storage.Access;

namespace Atlas.Pages.Home;

/// <summary>The model of the home page.</summary>
/// <param name="Needs">Keys that need a person now.</param>
/// <param name="Keys">A page of the keys.</param>
/// <param name="Find">The text that names are searched for; null for none.</param>
/// <param name="Number">The page number, from 1.</param>
/// <param name="HasMore">Whether there is another page.</param>
/// <param name="Today">The day whose sessions are counted.</param>
public sealed record HomeModel(ImmutableArray<KeyNeed> Needs, ImmutableArray<KeyGlance> Keys, string? Find, int Number, bool HasMore, DateTimeOffset Today)
{
    /// <summary>Gets the options of the silos, which decide for keys of which nothing was set.</summary>
    public LearningOptions Options { get; init; } = new();

    /// <summary>Gets the newest failures of Atlas itself that are not settled.</summary>
    public ImmutableArray<OpenFailure> Failures { get; init; } = [];

    /// <summary>Gets the budgets that are used up for today.</summary>
    public ImmutableArray<BudgetStanding> Spent { get; init; } = [];

    /// <summary>Gets a value indicating whether more keys need a person than are shown.</summary>
    public bool NeedsMore { get; init; }

    public bool NeedsNobody => Needs.IsEmpty && Failures.IsEmpty && Spent.IsEmpty;

    public bool IsFirst => Number == 1 && Find is null;
}

/// <summary><c>/</c>: the keys that need a person, followed by all keys.</summary>
internal static class HomeEndpoints
{
    private const int PageSize = 50;

    /// <summary>The maximum number of keys that are shown as needing attention.</summary>
    public const int MostNeeds = 30;

    /// <summary>The maximum number of failures that are counted.</summary>
    public const int MostFailures = 100;

    public static void Map(ConsoleRoutes routes) => routes.Page("/", Scopes.Read, LoadAsync).WithMetadata(new HtmlOnly());

    private static async Task<ConsolePage> LoadAsync(ConsoleRequest request)
    {
        var glance = new GlanceQueries(request.Service<Backend>().Database);
        var now = request.Service<TimeProvider>().GetUtcNow();
        var find = request.Text("find");
        var number = request.Number("page") is { } asked ? asked is > 0 and <= 100_000 ? (int)asked : throw Problem.InvalidRequest.With("Pages are numbered from 1.") : 1;
        var (mine, notMine) = (request.Caller.StoredPrefix, request.Caller.HiddenPrefix);
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var options = request.Service<LearningRules>().Learning;
        var listed = glance.ListAsync(mine, notMine, find, (number - 1) * PageSize, PageSize + 1, today, request.Stop);
        if (number > 1 || find is not null)
        {
            var some = await listed.ConfigureAwait(false);
            return Page(new HomeModel([], [.. some.Take(PageSize)], find, number, some.Length > PageSize, today) { Options = options });
        }

        // In parallel, so the home page takes only as long as the slowest query.
        var needs = glance.NeedsAsync(mine, notMine, now, MostNeeds + 1, request.Stop);
        var failures = new ClusterQueries(request.Service<Backend>().Database).FailuresAsync(mine, notMine, null, null, MostFailures, request.Stop);
        var budgets = ClusterPages.BudgetsAsync(request);
        await Task.WhenAll(listed, needs, failures, budgets).ConfigureAwait(false);
        var keys = await listed.ConfigureAwait(false);
        var needing = await needs.ConfigureAwait(false);
        return Page(new HomeModel([.. needing.Take(MostNeeds)], [.. keys.Take(PageSize)], find, number, keys.Length > PageSize, today)
        {
            Options = options,
            NeedsMore = needing.Length > MostNeeds,
            Failures = await failures.ConfigureAwait(false),
            Spent = [.. (await budgets.ConfigureAwait(false)).Where(ClusterModel.IsSpent)],
        });
    }

    private static ConsolePage Page(HomeModel model) => new(typeof(HomePage), "Keys", "home", model);
}
