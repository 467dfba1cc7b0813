using System.Security.Cryptography;
using System.Text;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Storage.Access;

namespace Atlas.Pages.Access;

/// <summary>Identifies the reader of a page: by the cookie of a signed-in user, by an API key in the request, or because this machine needs
/// none.</summary>
internal sealed class ConsoleGate(Gatekeeper gate, ConsoleCredentials credentials)
{
    public const string Cookie = "atlas_console";

    /// <exception cref="ProblemException">The reader is not allowed in.</exception>
    public async ValueTask<Caller> AdmitAsync(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is { Length: > 0 } secret
            && await credentials.FindCookieAsync(secret, context.RequestAborted).ConfigureAwait(false) is { } identity)
        {
            // What the key allows is checked every time: revoking a key ends the sign-ins that were made with it.
            return identity.KeyId is { } key
                ? await gate.AdmitAgainAsync(key).ConfigureAwait(false)
                : Caller.Local with { Name = identity.Name };
        }

        return await gate.AdmitAsync(context).ConfigureAwait(false);
    }

    /// <summary>Returns whether a reader that was admitted earlier can still stay.</summary>
    public async ValueTask<bool> MayStayAsync(HttpContext context)
    {
        try
        {
            await AdmitAsync(context).ConfigureAwait(false);
            return true;
        }
        catch (ProblemException refused)
        {
            return refused.Problem == Problem.RateLimited;
        }
    }

    /// <summary>Signs in the holder of an API key.</summary>
    /// <exception cref="ProblemException">The key is not valid.</exception>
    public async Task<Caller> SignInAsync(HttpContext context, string key)
    {
        var caller = await gate.AdmitKeyAsync(key).ConfigureAwait(false);
        await RememberAsync(context, new ConsoleIdentity(gate.IdentityOf(caller), caller.Name)).ConfigureAwait(false);
        return caller;
    }

    /// <summary>Signs in the holder of a one-time address.</summary>
    /// <returns>Null if the address is no longer valid.</returns>
    public async Task<Caller?> EnterAsync(HttpContext context, string secret)
    {
        if (await credentials.UseAddressAsync(secret, context.RequestAborted).ConfigureAwait(false) is not { } identity)
        {
            return null;
        }

        await RememberAsync(context, identity).ConfigureAwait(false);
        return Caller.Local with { Name = identity.Name };
    }

    public async Task SignOutAsync(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is { Length: > 0 } secret)
        {
            await credentials.ForgetCookieAsync(secret, context.RequestAborted).ConfigureAwait(false);
        }

        context.Response.Cookies.Delete(Cookie, FormGuard.Strict(context));
    }

    /// <summary>Returns an identity of the browser, which distinguishes reviewers: two people may share an API key.</summary>
    public static string BrowserOf(HttpContext context) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"reviewer\n{context.RequestServices.GetRequiredService<FormGuard>().TokenFor(context)}")))[..32];

    private async Task RememberAsync(HttpContext context, ConsoleIdentity identity)
    {
        var secret = await credentials.NewCookieAsync(identity, context.RequestAborted).ConfigureAwait(false);
        var cookie = FormGuard.Strict(context);
        cookie.MaxAge = ConsoleCredentials.CookieLifetime;
        context.Response.Cookies.Append(Cookie, secret, cookie);
    }
}
