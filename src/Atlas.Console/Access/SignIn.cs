using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Pages.Frame;
using Atlas.Storage.Access;
using Npgsql;

namespace Atlas.Pages.Access;

/// <summary>The model of the sign-in page.</summary>
/// <param name="Next">The address to continue at.</param>
/// <param name="Trouble">Why the last attempt failed; null before the first.</param>
public sealed record SignInModel(string Next, string? Trouble);

/// <summary><c>/signin</c>, <c>/enter</c> and <c>/signout</c>: with an API key, or with the one-time address of <c>atlas console</c>.</summary>
internal static class SignIn
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/signin", context => ShowAsync(context, Local(context.Request.Query["next"]), null)).ExcludeFromDescription();
        app.MapPost("/signin", (Delegate)SignInAsync).ExcludeFromDescription();
        app.MapGet("/enter", EnterAsync).ExcludeFromDescription();
        app.MapPost("/signout", (Delegate)SignOutAsync).ExcludeFromDescription();
    }

    private static Task SignInAsync(HttpContext context) => TryAsync(context, async () =>
    {
        var form = await Service<FormGuard>(context).ReadAsync(context).ConfigureAwait(false);
        var caller = await Service<ConsoleGate>(context).SignInAsync(context, form["api_key"].ToString().Trim()).ConfigureAwait(false);
        await WelcomeAsync(context, caller, Local(form["next"])).ConfigureAwait(false);
    });

    private static Task EnterAsync(HttpContext context) => TryAsync(context, async () =>
    {
        var caller = await Service<ConsoleGate>(context).EnterAsync(context, context.Request.Query["with"].ToString()).ConfigureAwait(false)
            ?? throw Problem.Unauthorized.With("This address has been used or has expired: each works once, within 15 minutes. `atlas console` prints a new one.");
        await WelcomeAsync(context, caller, Local(context.Request.Query["next"])).ConfigureAwait(false);
    });

    private static Task SignOutAsync(HttpContext context) => TryAsync(context, async () =>
    {
        await Service<FormGuard>(context).ReadAsync(context).ConfigureAwait(false);
        await Service<ConsoleGate>(context).SignOutAsync(context).ConfigureAwait(false);
        Service<FormGuard>(context).Renew(context);
        Go(context, "/signin");
    });

    private static async Task WelcomeAsync(HttpContext context, Caller caller, string next)
    {
        Service<FormGuard>(context).Renew(context);
        await Service<AuditLog>(context).WriteAsync(new AuditEntry
        {
            Tenant = caller.Tenant,
            Actor = caller.Name,
            ApiKeyId = caller.KeyId,
            Door = "console",
            Address = context.Connection.RemoteIpAddress?.ToString(),
            Action = "SignIn",
            Status = StatusCodes.Status200OK,
        }).ConfigureAwait(false);
        Go(context, next);
    }

    private static async Task TryAsync(HttpContext context, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (ProblemException refused)
        {
            await ShowAsync(context, "/", refused.Message, refused.Problem.Status).ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            await ShowAsync(context, "/", "The database does not answer, so nobody can sign in. Try again in a moment.", StatusCodes.Status503ServiceUnavailable).ConfigureAwait(false);
        }
    }

    private static Task ShowAsync(HttpContext context, string next, string? trouble, int status = StatusCodes.Status200OK) =>
        ConsoleRoutes.ShowAsync(context, new ConsolePage(typeof(SignInPage), "Sign in", "", new SignInModel(next, trouble)) { Status = status });

    private static void Go(HttpContext context, string next)
    {
        PageRenderer.Protect(context.Response.Headers);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = next;
    }

    /// <summary>Returns an address of this console, so that nobody is redirected elsewhere.</summary>
    private static string Local(string? next) =>
        next is { Length: > 0 and <= 4096 } && next[0] == '/' && (next.Length == 1 || next[1] is not ('/' or '\\')) && next.All(letter => letter is > ' ' and < '\x7f') ? next : "/";

    private static T Service<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();
}
