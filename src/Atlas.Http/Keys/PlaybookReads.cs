using Atlas.Contracts.Playbooks;
using Atlas.Http.Access;

namespace Atlas.Http.Keys;

/// <summary><c>GET /v1/keys/{key}/playbook</c>: the most frequent request. It therefore resolves no services per request, and does not wait
/// if the playbook is in memory.</summary>
internal sealed class PlaybookReads(IEndpointRouteBuilder application)
{
    // Lazy, because an application can be built without its database.
    private readonly Lazy<Backend> _backend = new(application.ServiceProvider.GetRequiredService<Backend>, LazyThreadSafetyMode.PublicationOnly);

    public Task AnswerAsync(string key, HttpContext context)
    {
        var caller = Caller.Of(context);
        var resolved = _backend.Value.ResolveAsync(caller.Store(key));
        return resolved.IsCompletedSuccessfully ? Answer(context, caller, resolved.Result) : AnswerLaterAsync(context, caller, resolved);
    }

    private static async Task AnswerLaterAsync(HttpContext context, Caller caller, ValueTask<ResolvedPlaybook> resolved) =>
        await Answer(context, caller, await resolved.ConfigureAwait(false)).ConfigureAwait(false);

    private static Task Answer(HttpContext context, Caller caller, ResolvedPlaybook resolved)
    {
        var playbook = PlaybookBytes.Of(resolved, caller);
        var response = context.Response;
        response.Headers.ETag = playbook.ETag;
        response.Headers.CacheControl = "private, no-cache";
        if (EntityTags.IsKnown(context.Request, playbook.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = playbook.Json.Length;
        var written = response.BodyWriter.WriteAsync(playbook.Json, context.RequestAborted);
        if (!written.IsCompletedSuccessfully)
        {
            return written.AsTask();
        }

        // Taking the result returns the value task's source to the writer.
        _ = written.Result;
        return Task.CompletedTask;
    }
}
