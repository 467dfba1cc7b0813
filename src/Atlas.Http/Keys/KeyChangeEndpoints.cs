using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Atlas.Http.Sessions;
using Atlas.Learning.Playbooks;

namespace Atlas.Http.Keys;

/// <summary><c>POST /v1/keys/{key}/…</c>: changes to a playbook and to what sessions get of it.</summary>
/// <remarks>With <c>If-Match</c>, a change is made only if the playbook is the one that the caller has seen.</remarks>
internal static class KeyChangeEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var key = api.MapGroup("/keys/{key}").WithTags("Keys");
        key.MapPost("/import", ImportAsync).Changes("ImportPlaybook", "Import a playbook as the newest version");
        key.MapPost("/edit", EditAsync).Changes("EditPlaybook", "Make an exported and edited playbook the newest version");
        key.MapPost("/rollback", RollbackAsync).Changes("RollbackPlaybook", "Roll back: make a new version that says what an earlier one said");
        key.MapPost("/freeze", FreezeAsync).Changes("FreezeKey", "Freeze a learning key: stop all changes to its playbook");
        key.MapPost("/unfreeze", UnfreezeAsync).Changes("UnfreezeKey", "Unfreeze a learning key: allow changes again");
        key.MapPost("/stage", StageAsync).Changes("StageKey", "Stage a learning key: keep new versions out of prompts until they are promoted");
        key.MapPost("/unstage", UnstageAsync).Changes("UnstageKey", "Unstage a learning key: make new versions current immediately again");
        key.MapPost("/promote", PromoteAsync).Changes("PromoteVersion", "Promote a version of a staged key: make it current");
        key.MapPost("/pin", PinAsync).Changes("PinVersion", "Pin a version: make it current and keep it current");
        key.MapPost("/unpin", UnpinAsync).Changes("UnpinKey", "Unpin a learning key");
    }

    private static RouteHandlerBuilder Changes(this RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.Writes(Scopes.Govern, name, summary, 404, 412);

    private static Task<JsonAnswer<KeyChange>> ImportAsync(string key, Body<PlaybookRequest> body, Caller caller, HttpContext context, [FromServices] KeyDesk desk) =>
        TakeAsync(key, body.Value, PlaybookCause.Import, caller, context, desk);

    private static Task<JsonAnswer<KeyChange>> EditAsync(string key, Body<PlaybookRequest> body, Caller caller, HttpContext context, [FromServices] KeyDesk desk) =>
        TakeAsync(key, body.Value, PlaybookCause.Edit, caller, context, desk);

    private static Task<JsonAnswer<KeyChange>> RollbackAsync(string key, Body<VersionRequest> body, Caller caller, HttpContext context, [FromServices] KeyDesk desk) =>
        ChangeAsync(key, body.Value.Version, body.Value.Author, body.Value.Reason, caller, context, desk, (grain, by) => grain.Rollback(body.Value.Version, by));

    private static Task<JsonAnswer<KeyChange>> FreezeAsync(string key, Body<SwitchRequest> body, Caller caller, HttpContext context, [FromServices] KeyDesk desk) =>
        SwitchAsync(key, body.Value, caller, context, desk, (grain, by) => grain.Freeze(by));

    private static Task<JsonAnswer<KeyChange>> UnfreezeAsync(string key, Body<SwitchRequest> body, Caller caller, HttpContext context, [FromServices] KeyDesk desk) =>
        SwitchAsync(key, body.Value, caller, context, desk, (grain, by) => grain.Unfreeze(by));

    private static Task<JsonAnswer<KeyChange>> StageAsync(string key, Body<SwitchRequest> body, Caller caller, HttpContext context, [FromServices] KeyDesk desk) =>
        SwitchAsync(key, body.Value, caller, context, desk, (grain, by) => grain.Stage(by));

    private static Task<JsonAnswer<KeyChange>> UnstageAsync(string key, Body<SwitchRequest> body, Caller caller, HttpContext context, [FromServices] KeyDesk desk) =>
        SwitchAsync(key, body.Value, caller, context, desk, (grain, by) => grain.Unstage(by));

    private static Task<JsonAnswer<KeyChange>> PromoteAsync(string key, Body<PromoteRequest> body, Caller caller, HttpContext context, [FromServices] KeyDesk desk) =>
        ChangeAsync(key, body.Value.Version, body.Value.Author, body.Value.Reason, caller, context, desk, (grain, by) => grain.Promote(body.Value.Version, by));

    private static Task<JsonAnswer<KeyChange>> PinAsync(string key, Body<VersionRequest> body, Caller caller, HttpContext context, [FromServices] KeyDesk desk) =>
        ChangeAsync(key, body.Value.Version, body.Value.Author, body.Value.Reason, caller, context, desk, (grain, by) => grain.Pin(body.Value.Version, by));

    private static Task<JsonAnswer<KeyChange>> UnpinAsync(string key, Body<SwitchRequest> body, Caller caller, HttpContext context, [FromServices] KeyDesk desk) =>
        SwitchAsync(key, body.Value, caller, context, desk, (grain, by) => grain.Unpin(by));

    private static Task<JsonAnswer<KeyChange>> TakeAsync(
        string key, PlaybookRequest request, PlaybookCause cause, Caller caller, HttpContext context, KeyDesk desk)
    {
        var playbook = Read(SessionMessages.Demand(request.Playbook, "playbook"));
        return ChangeAsync(
            key, null, request.Author, request.Reason, caller, context, desk, (grain, by) => grain.Import(playbook, cause, by), mayBeNew: cause is PlaybookCause.Import);
    }

    private static LearnedPlaybook Read(JsonElement document)
    {
        try
        {
            return PlaybookDocument.Import(document.GetRawText());
        }
        catch (PlaybookFormatException wrong)
        {
            throw Problem.Refused.With(wrong.Message);
        }
    }

    private static Task<JsonAnswer<KeyChange>> SwitchAsync(
        string key, SwitchRequest request, Caller caller, HttpContext context, KeyDesk desk, Func<ILearningKeyGrain, Attribution, Task<KeyChange>> change) =>
        ChangeAsync(key, null, request.Author, request.Reason, caller, context, desk, change);

    private static async Task<JsonAnswer<KeyChange>> ChangeAsync(
        string key, int? version, string? author, string? reason, Caller caller, HttpContext context, KeyDesk desk,
        Func<ILearningKeyGrain, Attribution, Task<KeyChange>> change, bool mayBeNew = false)
    {
        var stored = caller.Store(key);
        if (!mayBeNew)
        {
            await desk.StateAsync(stored, caller, context.RequestAborted).ConfigureAwait(false);
        }

        if (version < 0)
        {
            throw Problem.VersionNotFound.With("Versions are numbered from 1; 0 is the empty playbook before the first version.");
        }

        var by = new Attribution(SessionMessages.By(author, caller), reason?.Trim());
        return Answers.Json(await desk.ChangeAsync(
            stored, caller, version, by with { OperationId = Operation.Of(context)?.Id }, change, context).ConfigureAwait(false));
    }
}
