using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Learning.Reports;
using Atlas.Pages.Frame;
using Atlas.Queries.Reports;
using Atlas.Reports;
using Atlas.Reports.Html;
using Atlas.Reports.Statistics;

namespace Atlas.Pages.Keys;

/// <summary>One side of a comparison.</summary>
/// <param name="Key">The key as the reader writes it; null if none is chosen.</param>
/// <param name="Version">Only sessions that were given this version; null for all.</param>
/// <param name="Arm">Only sessions with this tag or metadata value; null for all.</param>
public sealed record CompareSide(string? Key, int? Version, string? Arm)
{
    public string Words => Key + (Version is { } version ? $" version {version}" : "") + (Arm is { } arm ? $" ({arm})" : "");
}

/// <summary>The model of the comparison page.</summary>
/// <param name="First">The baseline.</param>
/// <param name="Second">The side that is measured.</param>
/// <param name="Comparison">The verdict; null if nothing is chosen.</param>
/// <param name="Picture">A chart of the difference with its interval; null if there is none.</param>
public sealed record CompareModel(CompareSide First, CompareSide Second, RewardComparison? Comparison, string? Picture);

/// <summary><c>/compare</c>: compares two keys, versions or arms by their newest sessions.</summary>
internal static class ComparePages
{
    /// <summary>The number of a key's newest sessions that are compared.</summary>
    public const int MostSessions = 600;

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
        await AddAsync(request, first, second, both).ConfigureAwait(false);
        var comparison = both.Compare(Confidence);
        return Page(new CompareModel(first, second, comparison, Pictures.Differences([comparison], Confidence, "difference")));
    }

    private static async Task AddAsync(ConsoleRequest request, CompareSide first, CompareSide second, SideBySide both)
    {
        // Both arms of one key are read in a single pass.
        if (first.Key == second.Key)
        {
            await ReadAsync(request, first.Key!, first.Arm, second.Arm, session =>
            {
                Add(session, first, session.FitsControl || first.Arm is null, isTreatment: false);
                Add(session, second, session.FitsTreatment, isTreatment: true);
            }).ConfigureAwait(false);
            return;
        }

        await ReadAsync(request, first.Key!, null, first.Arm, session => Add(session, first, session.FitsTreatment, isTreatment: false)).ConfigureAwait(false);
        await ReadAsync(request, second.Key!, null, second.Arm, session => Add(session, second, session.FitsTreatment, isTreatment: true)).ConfigureAwait(false);

        void Add(SessionFacts session, CompareSide side, bool fits, bool isTreatment)
        {
            if (fits && (side.Version is not { } version || (session.PlaybookVersion ?? 0) == version))
            {
                both.Add(session, isTreatment);
            }
        }
    }

    private static async Task ReadAsync(ConsoleRequest request, string key, string? control, string? treatment, Action<SessionFacts> take)
    {
        var selection = new ReportSelection
        {
            LearningKey = request.Caller.Store(key), NewestSessions = MostSessions, CountAudits = false, MostEvents = 0,
            Control = control is null ? null : ArmSelector.Parse(control), Treatment = treatment is null ? null : ArmSelector.Parse(treatment),
        };
        var any = false;
        await foreach (var session in new ReportQueries(request.Service<Backend>().Database).SessionsAsync(selection, request.Stop).ConfigureAwait(false))
        {
            any = true;
            take(session);
        }

        if (!any)
        {
            throw Problem.KeyNotFound.With($"There are no sessions with the learning key '{key}'.");
        }
    }

    private static CompareSide Side(ConsoleRequest request, string name) =>
        new(request.Text(name), request.Version($"{name}_version"), request.Text($"{name}_arm"));

    private static ConsolePage Page(CompareModel model) => new(typeof(ComparePage), "Compare", "compare", model);
}
