using System.Collections.Immutable;
using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Pages.Frame;
using Atlas.Queries.Keys;

namespace Atlas.Pages.Home;

/// <summary>What the first page shows.</summary>
/// <param name="Needs">Keys that need a person now.</param>
/// <param name="Keys">A page of the keys.</param>
/// <param name="Find">What names are looked through for; null for nothing.</param>
/// <param name="Number">Which page of the list, from 1.</param>
/// <param name="HasMore">Whether there is another page.</param>
public sealed record HomeModel(ImmutableArray<KeyNeed> Needs, ImmutableArray<KeyGlance> Keys, string? Find, int Number, bool HasMore)
{
    public bool IsFirst => Number == 1 && Find is null;
}

/// <summary><c>/</c>: the keys that need a person, then all keys.</summary>
internal static class HomeEndpoints
{
    private const int PageSize = 50;
    private const int MostNeeds = 30;

    public static void Map(ConsoleRoutes routes) => routes.Page("/", Scopes.Read, LoadAsync).WithMetadata(new HtmlOnly());

    private static async Task<ConsolePage> LoadAsync(ConsoleRequest request)
    {
        var glance = new GlanceQueries(request.Service<Backend>().Database);
        var now = request.Service<TimeProvider>().GetUtcNow();
        var find = request.Text("find");
        var number = request.Number("page") is { } asked ? asked is > 0 and <= 100_000 ? (int)asked : throw Problem.InvalidRequest.With("Pages are numbered from 1.") : 1;
        var (mine, notMine) = (request.Caller.StoredPrefix, request.Caller.HiddenPrefix);
        var keys = await glance.ListAsync(
            mine, notMine, find, (number - 1) * PageSize, PageSize + 1, new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero), request.Stop).ConfigureAwait(false);
        var needs = number == 1 && find is null ? await glance.NeedsAsync(mine, notMine, now, MostNeeds, request.Stop).ConfigureAwait(false) : [];
        return new ConsolePage(
            typeof(HomePage), "Keys", "home", new HomeModel(needs, [.. keys.Take(PageSize)], find, number, keys.Length > PageSize));
    }
}
