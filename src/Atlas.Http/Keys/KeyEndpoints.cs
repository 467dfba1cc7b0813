using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Learning.Economics;
using Atlas.Learning.Playbooks;
using Microsoft.Extensions.Options;

namespace Atlas.Http.Keys;

/// <summary><c>/v1/keys</c>: what learning keys have learned.</summary>
internal static class KeyEndpoints
{
    /// <summary>How soon a watch ends after its API key was revoked, apart from the half second that a silo believes in a key.</summary>
    private static readonly TimeSpan WatchCheck = TimeSpan.FromMilliseconds(500);

    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys");
        keys.MapGet("", ListAsync).Reads("ListKeys", "List learning keys by name");
        keys.MapGet("/{key}", DescribeAsync).Reads("DescribeKey", "Get the state of a learning key", 404);
        keys.MapGet("/{key}/playbook", new PlaybookReads(api).AnswerAsync).Reads("ResolvePlaybook", "Get the current playbook")
            .Produces<ResolvedPlaybook>().Produces(StatusCodes.Status304NotModified);
        keys.MapGet("/{key}/watch", WatchAsync).Reads("WatchPlaybook", "Stream every playbook that becomes current (server-sent events)")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream");
        keys.MapGet("/{key}/versions", VersionsAsync).Reads("ListVersions", "List the versions of a playbook, newest first", 404);
        keys.MapGet("/{key}/versions/{version:int}", VersionAsync).Reads("GetVersion", "Get a version with its content", 404);
        keys.MapGet("/{key}/diff", DifferenceAsync).Reads("DiffVersions", "Compare two versions", 404);
        keys.MapGet("/{key}/entries", EntriesAsync).Reads("ListEntries", "List the entries of the newest version with their impact", 404);
        keys.MapGet("/{key}/baseline", BaselineAsync).Reads("GetBaseline", "Get the newest rewards of a learning key, with statistics over all its rewards", 404);
        keys.MapGet("/{key}/change-cost", CostAsync).Reads("ChangeCost", "Estimate what a different playbook would cost in the providers' prompt caches", 404);
        keys.MapGet("/{key}/report", KeyReport.AnswerAsync).Reads("ReportKey", "Get the report of a learning key", 404)
            .Produces<System.Text.Json.JsonElement>();
    }

    private static async Task<JsonAnswer<KeyPage>> ListAsync(
        Caller caller,
        [FromServices] Backend backend,
        CancellationToken cancellation,
        [FromQuery(Name = "cursor")] string? cursor = null,
        [FromQuery(Name = "limit")] int limit = 100)
    {
        Cursor.Demand(limit, 500);
        var found = await backend.Playbooks.ListKeysAsync(
            Cursor.Text(cursor), limit + 1, caller.StoredPrefix, caller.HiddenPrefix, cancellation).ConfigureAwait(false);
        return Answers.Json(new KeyPage(
            [.. found.Take(limit).Select(key => key with { LearningKey = caller.Show(key.LearningKey) })],
            found.Length > limit ? Cursor.Of(found[limit - 1].LearningKey) : null));
    }

    private static async Task<JsonAnswer<LearningKeyDescription>> DescribeAsync(
        string key, Caller caller, [FromServices] Backend backend, [FromServices] KeyDesk desk, CancellationToken cancellation)
    {
        var stored = caller.Store(key);
        await desk.StateAsync(stored, caller, cancellation).ConfigureAwait(false);
        var description = await backend.Key(stored).Describe().ConfigureAwait(false);
        return Answers.Json(description with { Playbook = PlaybookBytes.Of(description.Playbook, caller).Shown });
    }

    private static async Task<JsonAnswer<ChangeCost>> CostAsync(string key, Caller caller, [FromServices] KeyDesk desk, CancellationToken cancellation)
    {
        var stored = caller.Store(key);
        await desk.StateAsync(stored, caller, cancellation).ConfigureAwait(false);
        return Answers.Json(await desk.CostAsync(stored, cancellation).ConfigureAwait(false));
    }

    private static Task WatchAsync(
        string key, Caller caller, HttpContext context, [FromServices] Backend backend, [FromServices] IOptions<AtlasHttpOptions> options, [FromServices] Gatekeeper gate, [FromServices] TimeProvider time) =>
        new PlaybookStream(
            backend, caller, caller.Store(key), TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), gate.MayStayAsync, time, WatchCheck).WriteAsync(context);

    private static async Task<JsonAnswer<VersionPage>> VersionsAsync(
        string key,
        Caller caller,
        [FromServices] Backend backend,
        [FromServices] KeyDesk desk,
        CancellationToken cancellation,
        [FromQuery(Name = "cursor")] string? cursor = null,
        [FromQuery(Name = "limit")] int limit = 100)
    {
        Cursor.Demand(limit, 500);
        var stored = caller.Store(key);
        await desk.StateAsync(stored, caller, cancellation).ConfigureAwait(false);
        var before = Cursor.Number(cursor) is { } number ? (int?)Math.Min(number, int.MaxValue) : null;
        var found = await backend.Playbooks.ListVersionsAsync(stored, before, limit + 1, cancellation).ConfigureAwait(false);
        return Answers.Json(new VersionPage(
            [.. found.Take(limit).Select(version => version with { LearningKey = caller.Show(version.LearningKey) })],
            found.Length > limit ? Cursor.Of(found[limit - 1].Version) : null));
    }

    private static async Task<JsonAnswer<VersionAnswer>> VersionAsync(
        string key, int version, Caller caller, [FromServices] KeyDesk desk, CancellationToken cancellation) =>
        Answers.Json(VersionAnswer.Of(await desk.VersionAsync(caller.Store(key), version, caller, cancellation).ConfigureAwait(false), caller));

    private static async Task<JsonAnswer<DifferenceAnswer>> DifferenceAsync(
        string key,
        Caller caller,
        [FromServices] KeyDesk desk,
        CancellationToken cancellation,
        [FromQuery(Name = "from")] int? from = null,
        [FromQuery(Name = "to")] int? to = null)
    {
        var stored = caller.Store(key);
        var newest = (await desk.StateAsync(stored, caller, cancellation).ConfigureAwait(false)).Version;
        var (before, after) = (from ?? Math.Max((to ?? newest) - 1, 0), to ?? newest);
        var difference = PlaybookDiff.Between(
            await desk.PlaybookAsync(stored, before, caller, cancellation).ConfigureAwait(false),
            await desk.PlaybookAsync(stored, after, caller, cancellation).ConfigureAwait(false));
        return Answers.Json(new DifferenceAnswer(
            caller.Show(stored), before, after, difference.IsEmpty, difference.Student, difference.Teacher, difference.Added,
            difference.Removed, difference.Changed));
    }

    private static async Task<JsonAnswer<EntriesAnswer>> EntriesAsync(
        string key, Caller caller, [FromServices] KeyDesk desk, CancellationToken cancellation)
    {
        var stored = caller.Store(key);
        var state = await desk.StateAsync(stored, caller, cancellation).ConfigureAwait(false);
        return Answers.Json(new EntriesAnswer(
            caller.Show(stored), state.Version, state.Playbook.Entries.IsDefault ? [] : state.Playbook.Entries, state.Pairs ?? [], state.Merged ?? []));
    }

    private static async Task<JsonAnswer<RewardBaseline>> BaselineAsync(
        string key, Caller caller, [FromServices] Backend backend, [FromServices] KeyDesk desk, CancellationToken cancellation)
    {
        var stored = caller.Store(key);
        await desk.StateAsync(stored, caller, cancellation).ConfigureAwait(false);
        return Answers.Json(await backend.Key(stored).Baseline().ConfigureAwait(false));
    }
}
