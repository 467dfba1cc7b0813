using System.Net;
using Atlas.Hosting.Dashboard;

namespace Atlas.Hosting.Home;

/// <summary>The start page at <c>/</c>: what this server is, and where to go next. A browser gets links; any other client gets plain text.</summary>
internal static class FrontPage
{
    private static readonly (string Path, string What)[] Places =
    [
        ("/health", "whether this silo can do its work, with the reason if not (JSON; 503 if not)"),
        ("/alive", "whether the process answers"),
        (DashboardEndpoints.Path, "the Orleans dashboard: silos, grains, calls"),
        ("/metrics", "metrics for Prometheus"),
        ("/v1/keys", "the HTTP API: learning keys, sessions, reviews"),
        ("/scalar", "the API to read and try; agents find it at /mcp, by MCP"),
        ("/openapi/v1.json", "the API's description (OpenAPI)"),
    ];

    private static readonly (string File, string What)[] Documents =
    [
        ("README.md", "the first steps"),
        ("docs/http.md", "the HTTP API"),
        ("docs/operations.md", "day-to-day work"),
        ("docs/troubleshooting.md", "when something says no"),
    ];

    /// <param name="app">The silo's HTTP server.</param>
    /// <param name="name">The silo's name.</param>
    public static void Map(WebApplication app, string name) =>
        app.MapGet("/", (HttpContext context) => context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? Results.Text(Html(name), "text/html; charset=utf-8")
            : Results.Text(Plain(name)))

            // After the console, if there is one.
            .WithOrder(1);

    private static string Plain(string name) =>
        $"Atlas.Grains, silo {name}\n\n"
        + string.Concat(Places.Select(place => $"  {place.Path,-16} {place.What}\n"))
        + "\nIn the repository:\n\n"
        + string.Concat(Documents.Select(document => $"  {document.File,-26} {document.What}\n"));

    private static string Html(string name) =>
        $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Atlas.Grains · {{WebUtility.HtmlEncode(name)}}</title>
        <style>
        :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
        body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; line-height: 1.5; }
        </style>
        </head>
        <body>
        <h1>Atlas.Grains</h1>
        <p>This is the silo <strong>{{WebUtility.HtmlEncode(name)}}</strong>.</p>
        <ul>
        {{string.Concat(Places.Select(place => $"<li><a href=\"{place.Path}\">{place.Path}</a>: {place.What}</li>\n"))}}</ul>
        <p>In the repository:</p>
        <ul>
        {{string.Concat(Documents.Select(document => $"<li><code>{document.File}</code>: {document.What}</li>\n"))}}</ul>
        </body>
        </html>
        """;
}
