using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Atlas.Hosting.Settings;
using Atlas.Http.Access;
using Microsoft.Extensions.Options;

namespace Atlas.Hosting.Dashboard;

/// <summary>Restricts the dashboard and the metrics to this machine and to callers with the key.</summary>
/// <remarks>The dashboard has no authentication and shows what agents work on.</remarks>
internal static class DashboardAccess
{
    private const string Header = "X-Atlas-Key";

    public static void Guard(WebApplication app, string path)
    {
        var key = app.Services.GetRequiredService<IOptions<HttpSettings>>().Value.DashboardKey;
        app.Use((context, next) => !context.Request.Path.StartsWithSegments(path) || MayEnter(context, key) ? next(context) : RefuseAsync(context.Response, key));
    }

    private static Task RefuseAsync(HttpResponse response, string? key)
    {
        response.StatusCode = key is null ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
        if (key is not null)
        {
            response.Headers.WWWAuthenticate = "Basic realm=\"Atlas\"";
        }

        return response.WriteAsync(key is null
            ? "This page is available only on the silo's own machine. To allow access from elsewhere, set Atlas:Http:DashboardKey.\n"
            : $"Send the key as {Header}, or as the password of basic authentication.\n");
    }

    private static bool MayEnter(HttpContext context, string? key) =>
        LocalRequests.IsLocal(context) || (key is not null && Presented(context.Request) is { } presented && Same(presented, key));

    private static string? Presented(HttpRequest request)
    {
        if (request.Headers.TryGetValue(Header, out var sent))
        {
            return sent.ToString();
        }

        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var authorization)
            || authorization is not { Scheme: "Basic", Parameter: { } encoded })
        {
            return null;
        }

        var decoded = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, decoded, out var length)
            ? Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2)[^1]
            : null;
    }

    private static bool Same(string presented, string key) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(key));
}
