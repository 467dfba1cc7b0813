using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Atlas.Pages.Access;

namespace Atlas.Pages.Frame;

/// <summary>Maps pages and forms with the checks of the API: the same callers, the same audit, the same error messages.</summary>
internal sealed class ConsoleRoutes(IEndpointRouteBuilder app)
{
    private const string Operation = "operation";
    private const string Html = "text/html";

    /// <summary>Maps a page.</summary>
    public IEndpointConventionBuilder Page(string path, Scopes scope, Func<ConsoleRequest, Task<ConsolePage>> load) => Get(
        path, scope, async context => await ShowAsync(context, await load(new ConsoleRequest(context)).ConfigureAwait(false)).ConfigureAwait(false));

    /// <summary>Maps another GET endpoint.</summary>
    public IEndpointConventionBuilder Get(string path, Scopes scope, RequestDelegate handler) =>
        Map(HttpMethods.Get, path, handler, new EndpointRules(scope, Writes: false));

    /// <summary>Maps a form that changes something and then redirects.</summary>
    /// <param name="path">Its address.</param>
    /// <param name="scope">The scope it requires.</param>
    /// <param name="action">The operation's name for the audit.</param>
    /// <param name="act">Makes the change, and returns the address to redirect to.</param>
    public void Form(string path, Scopes scope, string action, Func<ConsoleRequest, IFormCollection, Task<string>> act) => Map(
        HttpMethods.Post,
        path,
        async context =>
        {
            var form = await context.RequestServices.GetRequiredService<FormGuard>().ReadAsync(context).ConfigureAwait(false);
            var request = new ConsoleRequest(context);
            if (form[Operation].ToString() is { Length: > 0 and <= 64 } operation)
            {
                // A form that is sent twice, by a double click or a retry, is carried out once.
                context.Features.Set(Http.Door.Operation.For(request.Caller, $"console {operation}"));
            }

            var next = await act(request, form).ConfigureAwait(false);
            PageRenderer.Protect(context.Response.Headers);
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = next;
        },
        new EndpointRules(scope, Writes: true) { Action = action });

    /// <summary>Maps a form that shows something and changes nothing.</summary>
    public void Preview(string path, Scopes scope, Func<ConsoleRequest, IFormCollection, Task<ConsolePage>> load) => Map(
        HttpMethods.Post,
        path,
        async context =>
        {
            var form = await context.RequestServices.GetRequiredService<FormGuard>().ReadAsync(context).ConfigureAwait(false);
            await ShowAsync(context, await load(new ConsoleRequest(context), form).ConfigureAwait(false)).ConfigureAwait(false);
        },
        new EndpointRules(scope, Writes: false));

    public static Task ShowAsync(HttpContext context, ConsolePage page) => context.RequestServices.GetRequiredService<PageRenderer>().WriteAsync(context, page);

    private IEndpointConventionBuilder Map(string method, string path, RequestDelegate handler, EndpointRules rules)
    {
        var services = app.ServiceProvider;
        var guarded = ApiDoor.Guard(services, handler, rules with
        {
            Door = "console",
            Admit = context => context.RequestServices.GetRequiredService<ConsoleGate>().AdmitAsync(context),
            Tell = TellAsync,
        });
        return app.MapMethods(path, [method], guarded).ExcludeFromDescription();
    }

    private static Task TellAsync(HttpContext context, Refusal refusal)
    {
        if (refusal.Problem == Problem.Unauthorized && HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains(Html, StringComparison.Ordinal))
        {
            PageRenderer.Protect(context.Response.Headers);
            context.Response.Redirect(Addresses.With("/signin", ("next", context.Request.Path + context.Request.QueryString)));
            return Task.CompletedTask;
        }

        if (refusal.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return ShowAsync(context, new ConsolePage(typeof(RefusalPage), refusal.Problem.Title, "", refusal) { Status = refusal.Problem.Status });
    }
}
