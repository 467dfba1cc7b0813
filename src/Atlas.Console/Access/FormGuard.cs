using System.Security.Cryptography;
using System.Text;
using Atlas.Http.Problems;

namespace Atlas.Pages.Access;

/// <summary>Takes forms only from the console's own pages.</summary>
/// <remarks>A form carries a token that follows from the browser's cookies, which no other site knows; so any silo takes a form that
/// another one has served. Browsers also say from where a form comes.</remarks>
internal sealed class FormGuard
{
    public const string Field = "token";

    private const string Cookie = "atlas_form";
    private const string Refusal = "This form does not come from a page of this console that is still valid. Load the page again, then send the form.";

    /// <summary>The token for the forms of a page.</summary>
    public string TokenFor(HttpContext context)
    {
        var seed = context.Items[Cookie] as string ?? (context.Request.Cookies[Cookie] is { Length: > 0 } known ? known : Renew(context));
        return Token(context.Request.Cookies[ConsoleGate.Cookie], seed);
    }

    /// <summary>Gives the browser another seed, so that forms of before are worth nothing.</summary>
    public string Renew(HttpContext context)
    {
        var seed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        context.Response.Cookies.Append(Cookie, seed, Strict(context));
        context.Items[Cookie] = seed;
        return seed;
    }

    /// <summary>The form, if it comes from here.</summary>
    /// <exception cref="ProblemException">It does not.</exception>
    public async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")
            || (request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != $"{request.Scheme}://{request.Host}"))
        {
            throw Problem.Forbidden.With(Refusal);
        }

        if (!request.HasFormContentType)
        {
            throw Problem.UnsupportedMediaType.With("The console takes forms. Programs use the HTTP API, /v1.");
        }

        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            throw Problem.TooLarge.With("The form is too large.");
        }

        var expected = request.Cookies[Cookie] is { Length: > 0 } seed ? Token(request.Cookies[ConsoleGate.Cookie], seed) : "";
        return expected.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(form[Field].ToString()))
            ? form
            : throw Problem.Forbidden.With(Refusal);
    }

    /// <summary>How the console's cookies are: for this host alone, for no script, and never from another site.</summary>
    public static CookieOptions Strict(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        IsEssential = true,
    };

    private static string Token(string? signedIn, string seed) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{signedIn}\n{seed}"), "atlas console form"u8));
}
