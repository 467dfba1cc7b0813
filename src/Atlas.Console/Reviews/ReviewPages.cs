using System.Globalization;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Atlas.Pages.Access;
using Atlas.Pages.Frame;
using Atlas.Pages.Sessions;
using Atlas.Storage.Access;

namespace Atlas.Pages.Reviews;

/// <summary>The model of the review page.</summary>
/// <param name="Session">The session; null if none waits.</param>
/// <param name="Key">The key whose queue this is, as the reader writes it; null for all.</param>
/// <param name="After">Sessions up to this one were skipped for now.</param>
/// <param name="Done">What was decided a moment ago; null for nothing.</param>
/// <param name="IsTaken">Whether somebody else is reviewing the session.</param>
public sealed record ReviewModel(SessionModel? Session, string? Key, long After, (long Session, string Status)? Done, bool IsTaken)
{
    internal static string Address(string? key, long after, long? done = null, string? status = null) => Addresses.With(
        "/review", ("key", key), ("after", after == 0 ? null : N(after)), ("done", done is { } id ? N(id) : null), ("as", status));

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary><c>/review</c>: one session after the other, each shown to one reviewer at a time.</summary>
internal static class ReviewPages
{
    private const int LongestNote = 4000;

    public static void Map(ConsoleRoutes routes)
    {
        routes.Page("/review", Scopes.Review, ShowAsync);
        routes.Form("/review", Scopes.Review, "ReviewSession", DecideAsync);
    }

    private static async Task<ConsolePage> ShowAsync(ConsoleRequest request)
    {
        var (key, after, claims, holder) = (request.Text("key"), request.Number("after") ?? 0, request.Service<ReviewClaims>(), ConsoleGate.BrowserOf(request.Context));
        var taken = false;
        var id = request.Number("id");
        if (id is { } asked)
        {
            await SessionReader.DemandAsync(request, asked).ConfigureAwait(false);
            taken = !await claims.TakeAsync(asked, holder, request.Stop).ConfigureAwait(false);
        }
        else
        {
            id = await claims.NextAsync(
                holder, key is null ? null : request.Caller.Store(key), request.Caller.StoredPrefix, request.Caller.HiddenPrefix, after, request.Stop).ConfigureAwait(false);
        }

        var session = id is { } found ? await SessionReader.ReadAsync(request, found).ConfigureAwait(false) : null;
        var done = request.Number("done") is { } before && WireName.TryParse<ReviewStatus>(request.Text("as") ?? "", out var status) ? (before, status.ToWire()) : ((long, string)?)null;
        return new ConsolePage(typeof(ReviewPage), "Review", "review", new ReviewModel(session, key, after, done, taken));
    }

    private static async Task<string> DecideAsync(ConsoleRequest request, IFormCollection form)
    {
        var (key, after, note) = (request.Text("key"), request.Number("after") ?? 0, form["note"].ToString().Trim());
        if (!long.TryParse(form["session"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            throw Problem.InvalidRequest.With("The form does not name a session.");
        }

        await SessionReader.DemandAsync(request, id).ConfigureAwait(false);
        if (form["decision"] == "skip")
        {
            return ReviewModel.Address(key, id);
        }

        if (!WireName.TryParse<ReviewStatus>(form["decision"].ToString(), out var status) || !WireName.TryParse<ReviewStatus>(form["seen"].ToString(), out var seen))
        {
            throw Problem.InvalidRequest.With("A decision must be approved, quarantined or pending.");
        }

        if (note.Length > LongestNote)
        {
            throw Problem.InvalidRequest.With($"A note can have at most {LongestNote} characters.");
        }

        var subject = id.ToString(CultureInfo.InvariantCulture);
        request.Context.Features.Set(new AuditNote(subject) { Request = JsonSerializer.SerializeToElement(new { status = status.ToWire(), note }) });
        if (!await request.Service<ReviewClaims>().TakeAsync(id, ConsoleGate.BrowserOf(request.Context), request.Stop).ConfigureAwait(false))
        {
            throw Problem.Refused.With($"Somebody else is now reviewing session {id}, because it was open here for too long. Continue with the next one.");
        }

        await request.Service<Backend>().Session(id).Review(
            new ReviewDecision(status, request.Caller.Name, note.Length == 0 ? null : note) { OnlyWhile = seen }).ConfigureAwait(false);
        return ReviewModel.Address(key, after, id, status.ToWire());
    }
}
