using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;

namespace Atlas.Http.Proposals;

/// <summary><c>/v1/keys/{key}/proposals</c>: entries that wait to be accepted.</summary>
internal static class ProposalEndpoints
{
    private const int Most = 500;

    public static void Map(RouteGroupBuilder api)
    {
        var proposals = api.MapGroup("/keys/{key}/proposals").WithTags("Keys");
        proposals.MapGet("", ListAsync).Reads("ListProposals", "List proposed entries, oldest first");
        proposals.MapPost("", ProposeAsync).Writes(Scopes.Record, "ProposeEntries", "Propose entries; they reach no prompt until a person accepts them");
        proposals.MapPost("/decide", DecideAsync).Writes(Scopes.Govern, "DecideProposals", "Accept proposed entries into a new version, or decline them", 404, 412);
    }

    private static async Task<JsonAnswer<ProposalPage>> ListAsync(
        string key,
        Caller caller,
        [FromServices] ProposalDesk desk,
        CancellationToken cancellation,
        [FromQuery(Name = "status")] string? status = null,
        [FromQuery(Name = "cursor")] string? cursor = null,
        [FromQuery(Name = "limit")] int limit = 100)
    {
        Cursor.Demand(limit, Most);
        if (status is not (null or "pending" or "accepted" or "declined"))
        {
            throw Problem.InvalidRequest.With($"The parameter 'status' must be pending, accepted or declined, not '{Parameters.Short(status)}'.");
        }

        var found = await desk.ListAsync(caller.Store(key), caller, status, Cursor.Number(cursor), limit + 1, cancellation).ConfigureAwait(false);
        return Answers.Json(new ProposalPage([.. found.Take(limit)], found.Length > limit ? Cursor.Of(found[limit - 1].Id) : null));
    }

    private static async Task<JsonAnswer<ProposalPage>> ProposeAsync(
        string key, Body<ProposeRequest> body, Caller caller, [FromServices] ProposalDesk desk)
    {
        Demand(body.Value.Entries.Length, "entries");
        return Answers.Json(new ProposalPage(
            await desk.AddAsync(caller.Store(key), caller, body.Value.Entries, body.Value.Source).ConfigureAwait(false), null));
    }

    private static async Task<JsonAnswer<DecideProposalsAnswer>> DecideAsync(
        string key, Body<DecideProposalsRequest> body, Caller caller, HttpContext context, [FromServices] ProposalDesk desk)
    {
        Demand(body.Value.Ids.Length, "ids");
        return Answers.Json(await desk.DecideAsync(caller.Store(key), caller, body.Value, context).ConfigureAwait(false));
    }

    private static void Demand(int count, string name)
    {
        if (count is 0 or > Most)
        {
            throw Problem.InvalidRequest.With(FormattableString.Invariant($"The member '{name}' must have 1 to {Most} values, not {count}."));
        }
    }
}
