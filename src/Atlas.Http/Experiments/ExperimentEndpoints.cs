using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Keys;
using Atlas.Http.Sessions;
using Atlas.Learning.Journal;

namespace Atlas.Http.Experiments;

/// <summary><c>/v1/keys/{key}/experiments</c>, and the other endpoints that tell whether something helps.</summary>
internal static class ExperimentEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var key = api.MapGroup("/keys/{key}").WithTags("Evidence");
        key.MapGet("/evidence", EvidenceAsync).Reads("ShowEvidence", "Show whether learning, the entries and the versions of a playbook help", 404);
        key.MapPost("/entries/try", TryAsync).Changes("TryEntry", "Put an entry on trial");
        key.MapPost("/entries/withdraw", WithdrawAsync).Changes("WithdrawEntry", "Withdraw an entry, starting with the next session");
        key.MapGet("/experiments", ListAsync).Reads("ListExperiments", "List the experiments of a learning key, newest first", 404);
        key.MapPost("/experiments", StartAsync).Changes("StartExperiment", "Start an experiment, or estimate how many sessions it needs");
        key.MapGet("/experiments/{number:int}", ShowAsync).Reads("ShowExperiment", "Get an experiment with what it has found so far", 404);
        key.MapPost("/experiments/{number:int}/stop", StopAsync).Changes("StopExperiment", "Stop an experiment without acting on what it found");
        key.MapPost("/experiments/{number:int}/conclude", ConcludeAsync).Changes("ConcludeExperiment", "End an experiment and act on its verdict");
    }

    private static RouteHandlerBuilder Changes(this RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.Writes(Scopes.Govern, name, summary, 404, 412);

    private static async Task<JsonAnswer<KeyFindings>> EvidenceAsync(
        string key, Caller caller, [FromServices] ExperimentDesk desk, CancellationToken cancellation) =>
        Answers.Json(await desk.EvidenceAsync(caller.Store(key), caller, cancellation).ConfigureAwait(false));

    private static Task<JsonAnswer<KeyChange>> TryAsync(string key, Body<EntryRequest> body, Caller caller, HttpContext context, [FromServices] ExperimentDesk desk) =>
        SetAsync(key, body.Value, caller, context, desk, (grain, entry, by) => grain.TryEntry(entry, by));

    private static Task<JsonAnswer<KeyChange>> WithdrawAsync(string key, Body<EntryRequest> body, Caller caller, HttpContext context, [FromServices] ExperimentDesk desk) =>
        SetAsync(key, body.Value, caller, context, desk, (grain, entry, by) => grain.WithdrawEntry(entry, by));

    private static async Task<JsonAnswer<KeyChange>> SetAsync(
        string key, EntryRequest request, Caller caller, HttpContext context, ExperimentDesk desk, Func<ILearningKeyGrain, string, Attribution, Task<KeyChange>> set)
    {
        var entry = request.Entry.Trim();
        return Answers.Json(await desk.SetAsync(
            caller.Store(key), caller, entry, By(request.Author, request.Reason, caller, context), (grain, by) => set(grain, entry, by), context).ConfigureAwait(false));
    }

    private static async Task<JsonAnswer<ExperimentsAnswer>> ListAsync(
        string key, Caller caller, [FromServices] ExperimentDesk desk, CancellationToken cancellation)
    {
        var stored = caller.Store(key);
        return Answers.Json(new ExperimentsAnswer(caller.Show(stored), await desk.ListAsync(stored, caller, cancellation).ConfigureAwait(false)));
    }

    private static async Task<JsonAnswer<ExperimentReport>> ShowAsync(
        string key, int number, Caller caller, [FromServices] ExperimentDesk desk, CancellationToken cancellation) =>
        Answers.Json(await desk.DemandAsync(caller.Store(key), number, caller, cancellation).ConfigureAwait(false));

    private static async Task<JsonAnswer<StartExperimentAnswer>> StartAsync(
        string key, Body<StartExperimentRequest> body, Caller caller, HttpContext context, [FromServices] ExperimentDesk desk)
    {
        var (request, stored) = (body.Value, caller.Store(key));
        var plan = request.Plan();
        if (request.DryRun)
        {
            return Answers.Json(new StartExperimentAnswer(true, await desk.PlanAsync(stored, caller, plan, context).ConfigureAwait(false), null));
        }

        var (needed, started) = await desk.StartAsync(stored, caller, plan, By(request.Author, request.Reason, caller, context), context).ConfigureAwait(false);
        return Answers.Json(new StartExperimentAnswer(false, needed, started));
    }

    private static Task<JsonAnswer<ExperimentReport>> StopAsync(
        string key, int number, Body<SwitchRequest> body, Caller caller, HttpContext context, [FromServices] ExperimentDesk desk) =>
        EndAsync(key, number, body.Value, caller, context, desk, (grain, by) => grain.StopExperiment(number, by));

    private static Task<JsonAnswer<ExperimentReport>> ConcludeAsync(
        string key, int number, Body<SwitchRequest> body, Caller caller, HttpContext context, [FromServices] ExperimentDesk desk) =>
        EndAsync(key, number, body.Value, caller, context, desk, (grain, by) => grain.ConcludeExperiment(number, by));

    private static async Task<JsonAnswer<ExperimentReport>> EndAsync(
        string key, int number, SwitchRequest request, Caller caller, HttpContext context, ExperimentDesk desk, Func<ILearningKeyGrain, Attribution, Task<ExperimentReport>> end) =>
        Answers.Json(await desk.EndAsync(caller.Store(key), caller, number, By(request.Author, request.Reason, caller, context), end, context).ConfigureAwait(false));

    private static Attribution By(string? author, string? reason, Caller caller, HttpContext context) =>
        new(SessionMessages.By(author, caller), reason?.Trim()) { OperationId = Operation.Of(context)?.Id };
}
