using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Pages.Frame;
using Atlas.Queries.Reports;
using Atlas.Reports;
using Atlas.Reports.Html;
using Atlas.Reports.Statistics;

namespace Atlas.Pages.Keys;

/// <summary>One side of a comparison.</summary>
/// <param name="Key">The key as the reader writes it; null while none is chosen.</param>
/// <param name="Version">Only sessions that were given this version; null for all.</param>
/// <param name="Arm">Only sessions with this tag, or with a value in their metadata; null for all.</param>
public sealed record CompareSide(string? Key, int? Version, string? Arm)
{
    public string Words => Key + (Version is { } version ? $" version {version}" : "") + (Arm is { } arm ? $" ({arm})" : "");
}

/// <summary>What the page of a comparison shows.</summary>
/// <param name="First">What is measured against.</param>
/// <param name="Second">What is measured.</param>
/// <param name="Comparison">The verdict; null while nothing is chosen.</param>
/// <param name="Picture">The difference with its interval; null if there is none.</param>
public sealed record CompareModel(CompareSide First, CompareSide Second, RewardComparison? Comparison, string? Picture);

/// <summary><c>/compare</c>: two keys, versions or arms, by their newest sessions.</summary>
internal static class ComparePages
{
    /// <summary>So many of the newest sessions of a key are looked at.</summary>
    public const int MostSessions = 2000;

    private const double Confidence = 0.95;

    public static void Map(ConsoleRoutes routes) => routes.Page("/compare", Scopes.Read, LoadAsync);

    private static async Task<ConsolePage> LoadAsync(ConsoleRequest request)
    {
        var (first, second) = (Side(request, "a"), Side(request, "b"));
        if (first.Key is null || second.Key is null)
        {
            return Page(new CompareModel(first, second, null, null));
        }

        var both = new SideBySide(first.Words, second.Words);
        await AddAsync(request, first, both, isTreatment: false).ConfigureAwait(false);
        await AddAsync(request, second, both, isTreatment: true).ConfigureAwait(false);
        var comparison = both.Compare(Confidence);
        return Page(new CompareModel(first, second, comparison, Pictures.Differences([comparison], Confidence, "difference")));
    }

    private static async Task AddAsync(ConsoleRequest request, CompareSide side, SideBySide both, bool isTreatment)
    {
        var selection = new ReportSelection
        {
            LearningKey = request.Caller.Store(side.Key!), NewestSessions = MostSessions, CountAudits = false, MostEvents = 0,
            Treatment = side.Arm is { } arm ? ArmSelector.Parse(arm) : null,
        };
        var any = false;
        await foreach (var session in new ReportQueries(request.Service<Backend>().Database).SessionsAsync(selection, request.Stop).ConfigureAwait(false))
        {
            any = true;
            if (session.FitsTreatment && (side.Version is not { } version || (session.PlaybookVersion ?? 0) == version))
            {
                both.Add(session, isTreatment);
            }
        }

        if (!any)
        {
            throw Problem.KeyNotFound.With($"There is no session with the learning key '{side.Key}'.");
        }
    }

    private static CompareSide Side(ConsoleRequest request, string name) =>
        new(request.Text(name), request.Version($"{name}_version"), request.Text($"{name}_arm"));

    private static ConsolePage Page(CompareModel model) => new(typeof(ComparePage), "Compare", "compare", model);
}
