using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Atlas.Http.Problems;

namespace Atlas.Pages.Access;

/// <summary>Accepts forms only from the console's own pages.</summary>
/// <remarks>A form carries a token that is derived from the browser's cookies, which no other site knows, so any silo accepts a form that
/// another one has served. Browsers also report the origin of a form.</remarks>
internal sealed class FormGuard
{
    public const string Field = "token";

    private const string Cookie = "atlas_form";
    private const string Refusal = "This form is not from a valid page of this console. Reload the page, then submit the form again.";

    /// <summary>Returns the token for the forms of a page.</summary>
    public string TokenFor(HttpContext context)
    {
        var seed = context.Items[Cookie] as string ?? (context.Request.Cookies[Cookie] is { Length: > 0 } known ? known : Renew(context));
        return Token(context.Request.Cookies[ConsoleGate.Cookie], seed);
    }

    /// <summary>Gives the browser another seed, which invalidates earlier forms.</summary>
    public string Renew(HttpContext context)
    {
        var seed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        context.Response.Cookies.Append(Cookie, seed, Strict(context));
        context.Items[Cookie] = seed;
        return seed;
    }

    /// <summary>Reads the form if it comes from the console.</summary>
    /// <exception cref="ProblemException">The form does not come from the console.</exception>
    public async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsOwn(request.Headers["Sec-Fetch-Site"].ToString(), request.Headers.Origin.ToString(), request.Host))
        {
            throw Problem.Forbidden.With(Refusal);
        }

        if (!request.HasFormContentType)
        {
            throw Problem.UnsupportedMediaType.With("The console accepts forms only. Programs use the HTTP API, /v1.");
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

    /// <summary>Returns the options of the console's cookies: for this host only, hidden from scripts, never sent from another site, and
    /// only over TLS if the browser uses it.</summary>
    public static CookieOptions Strict(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = IsSecure(context.Request),
        Path = "/",
        IsEssential = true,
    };

    /// <summary>Returns whether the browser says that a form comes from this host. A load balancer can terminate TLS, so the scheme that the
    /// browser sees can differ from the one here, and the host can too if the balancer changes it.</summary>
    private static bool IsOwn(string site, string origin, HostString host) => site switch
    {
        "same-origin" => true,
        "" or "none" => origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && IsSame(from, host.Value)),
        _ => false,
    };

    private static bool IsSame(Uri origin, string? host) =>
        origin.Authority.Equals(host, StringComparison.OrdinalIgnoreCase)
        || (origin.IsDefaultPort && $"{origin.Host}:{origin.Port.ToString(CultureInfo.InvariantCulture)}".Equals(host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns whether the browser uses TLS, here or up to a load balancer. Nobody has to vouch for the header: a wrong one only
    /// keeps the sender's own cookies from being sent in the clear.</summary>
    private static bool IsSecure(HttpRequest request) =>
        request.IsHttps || request.Headers["X-Forwarded-Proto"].ToString().Split(',')[0].Trim().Equals("https", StringComparison.OrdinalIgnoreCase);

    private static string Token(string? signedIn, string seed) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{signedIn}\n{seed}"), "atlas console form"u8));
}
