using System.Text.Encodings.Web;
using Atlas.Http.Access;
using Atlas.Pages.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Atlas.Pages.Frame;

/// <summary>Renders a complete page on the server, with security headers.</summary>
internal sealed class PageRenderer(ILoggerFactory log, FormGuard forms) : IDisposable
{
    /// <summary>Allows only what this host serves itself, and no inline scripts or styles.</summary>
    public const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton<HtmlEncoder, VisibleEncoder>().BuildServiceProvider();

    public async Task WriteAsync(HttpContext context, ConsolePage page)
    {
        var frame = new PageFrame(
            context.Features.Get<Caller>(), forms.TokenFor(context), context.Request.Cookies.ContainsKey(ConsoleGate.Cookie), page.Here)
        {
            Key = context.Request.Query["key"].ToString() is { Length: > 0 and <= 2048 } key ? key : null,
        };
        var response = context.Response;
        response.StatusCode = page.Status;
        response.ContentType = "text/html; charset=utf-8";
        Protect(response.Headers);
        await response.WriteAsync(await RenderAsync(page, frame).ConfigureAwait(false), context.RequestAborted).ConfigureAwait(false);
    }

    public static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    public void Dispose() => _services.Dispose();

    private async Task<string> RenderAsync(ConsolePage page, PageFrame frame)
    {
        var renderer = new HtmlRenderer(_services, log);
        await using var rendererDisposal = renderer.ConfigureAwait(false);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var shell = await renderer.RenderComponentAsync<Shell>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(Shell.Page)] = page,
                [nameof(Shell.Frame)] = frame,
            })).ConfigureAwait(false);
            return shell.ToHtmlString();
        }).ConfigureAwait(false);
    }
}
