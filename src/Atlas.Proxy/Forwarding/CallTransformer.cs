using Atlas.Proxy.Recording;
using Atlas.Proxy.Routing;
using Atlas.Proxy.Sessions;
using Yarp.ReverseProxy.Forwarder;

namespace Atlas.Proxy.Forwarding;

/// <summary>Carries one call to its upstream and back. Headers stay as they are, except for those between the caller and the
/// proxy.</summary>
internal sealed class CallTransformer(Upstream upstream, Uri address, CallCredentials credentials, PassingCall call, TimeProvider time) : HttpTransformer
{
    private const string Ours = "x-atlas-";

    /// <inheritdoc/>
    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken).ConfigureAwait(false);
        proxyRequest.RequestUri = address;
        proxyRequest.Headers.Host = null;
        foreach (var name in httpContext.Request.Headers.Keys.Where(name => name.StartsWith(Ours, StringComparison.OrdinalIgnoreCase)))
        {
            proxyRequest.Headers.Remove(name);
        }

        credentials.Write(proxyRequest, upstream);
        if (call.IsCopied)
        {
            KeepReadable(httpContext.Request, proxyRequest);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var copies = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken).ConfigureAwait(false);
        call.WriteHeaders(httpContext.Response);
        if (proxyResponse is null)
        {
            return copies;
        }

        var type = proxyResponse.Content.Headers.ContentType?.MediaType;
        var isStream = string.Equals(type, "text/event-stream", StringComparison.OrdinalIgnoreCase);
        if (call.Answered((int)proxyResponse.StatusCode, isStream, string.Join(',', proxyResponse.Content.Headers.ContentEncoding)) is { } copy)
        {
            proxyResponse.Content = new TeeContent(proxyResponse.Content, copy, call.Ended, time);
        }

        if (isStream)
        {
            // The headers tell a client that waits for the first event that it will come.
            await httpContext.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        return copies;
    }

    /// <summary>Limits the accepted encodings to those that the copy can be read in; the client's choice among these remains.</summary>
    private static void KeepReadable(HttpRequest request, HttpRequestMessage sent)
    {
        var accepted = request.Headers.AcceptEncoding.ToString();
        if (accepted.Length == 0)
        {
            return;
        }

        var ways = accepted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var readable = ways.Where(way => AnswerCopy.Fits(way.Split(';')[0].Trim().ToLowerInvariant())).ToArray();
        if (readable.Length < ways.Length)
        {
            sent.Headers.Remove("Accept-Encoding");
            sent.Headers.TryAddWithoutValidation("Accept-Encoding", readable.Length == 0 ? "identity" : string.Join(", ", readable));
        }
    }
}
