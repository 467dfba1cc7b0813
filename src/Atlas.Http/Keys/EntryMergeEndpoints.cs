using System.Collections.Immutable;
using Atlas.Contracts.Playbooks;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Atlas.Http.Sessions;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;

namespace Atlas.Http.Keys;

/// <summary><c>POST /v1/keys/{key}/entries/merge</c> and <c>unmerge</c>: entries that say the same.</summary>
internal static class EntryMergeEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var key = api.MapGroup("/keys/{key}/entries").WithTags("Keys");
        key.MapPost("/merge", MergeAsync).Changes("MergeEntries", "Merge two entries that say the same");
        key.MapPost("/unmerge", UnmergeAsync).Changes("UnmergeEntry", "Undo a merge: restore the merged entry as it was");
    }

    private static RouteHandlerBuilder Changes(this RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.Writes(Scopes.Govern, name, summary, 404, 412);

    private static Task<JsonAnswer<KeyChange>> MergeAsync(
        string key, Body<MergeRequest> body, Caller caller, HttpContext context, [FromServices] KeyDesk desk)
    {
        var (kept, entry) = (body.Value.Kept.Trim(), body.Value.Entry.Trim());
        return ChangeAsync(
            key, body.Value.Reason, body.Value.Author, caller, context, desk, (grain, by) => grain.MergeEntries(kept, entry, by),
            state => Has(state, kept) && Has(state, entry));
    }

    private static Task<JsonAnswer<KeyChange>> UnmergeAsync(
        string key, Body<UnmergeRequest> body, Caller caller, HttpContext context, [FromServices] KeyDesk desk)
    {
        var entry = body.Value.Entry.Trim();
        return ChangeAsync(
            key, body.Value.Reason, body.Value.Author, caller, context, desk, (grain, by) => grain.UnmergeEntry(entry, by),
            state => (state.Merged ?? []).Any(merged => !merged.Undone && EntryIds.Of(merged.Gone) == entry));
    }

    /// <param name="key">The learning key, as the caller names it.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="author">The author; null for the name of the API key.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="context">The request.</param>
    /// <param name="desk">Where changes are made.</param>
    /// <param name="change">The change.</param>
    /// <param name="knows">Whether the key has the entries that the change is about.</param>
    private static async Task<JsonAnswer<KeyChange>> ChangeAsync(
        string key, string? reason, string? author, Caller caller, HttpContext context, KeyDesk desk,
        Func<ILearningKeyGrain, Attribution, Task<KeyChange>> change, Func<LearningKeyState, bool> knows)
    {
        var stored = caller.Store(key);
        await desk.StateAsync(stored, caller, context.RequestAborted).ConfigureAwait(false);
        var by = new Attribution(SessionMessages.By(author, caller), reason?.Trim()) { OperationId = Operation.Of(context)?.Id };
        return Answers.Json(await desk.ChangeAsync(stored, caller, null, by, change, context, WhyAsync).ConfigureAwait(false));

        async Task<Problem?> WhyAsync(ILearningKeyGrain grain) =>
            (await grain.Describe().ConfigureAwait(false)).Frozen ? null
            : (await grain.Experiments().ConfigureAwait(false)).Any(experiment => experiment.EndedAt is null) ? Problem.ExperimentRunning
            : knows(await desk.StateAsync(stored, caller, context.RequestAborted).ConfigureAwait(false)) ? null
            : Problem.EntryNotFound;
    }

    private static bool Has(LearningKeyState state, string entry) =>
        (state.Playbook.Entries.IsDefault ? ImmutableArray<Domain.Playbooks.PlaybookEntry>.Empty : state.Playbook.Entries).Any(known => EntryIds.Of(known) == entry);
}
