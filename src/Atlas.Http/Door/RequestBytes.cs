using Atlas.Http.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Atlas.Http.Door;

/// <summary>The body of a request as bytes, read once and limited in size.</summary>
internal sealed class RequestBytes
{
    private byte[]? _bytes;

    public static async ValueTask<byte[]> ReadAsync(HttpContext context)
    {
        var kept = context.Features.Get<RequestBytes>();
        if (kept is null)
        {
            kept = new RequestBytes();
            context.Features.Set(kept);
        }

        return kept._bytes ??= await ReadAsync(context, Limit(context)).ConfigureAwait(false);
    }

    /// <summary>Limits the size of the body, whoever reads it, and returns the limit.</summary>
    /// <exception cref="ProblemException">The request says that its body is larger.</exception>
    public static int Limit(HttpContext context)
    {
        var most = context.RequestServices.GetRequiredService<IOptions<AtlasHttpOptions>>().Value.MaxBodyBytes;
        if (context.Request.ContentLength > most)
        {
            throw TooLarge(most);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }

        return most;
    }

    private static async ValueTask<byte[]> ReadAsync(HttpContext context, int most)
    {
        var request = context.Request;
        using var whole = new MemoryStream(request.ContentLength is { } length ? (int)length : 256);
        try
        {
            await request.Body.CopyToAsync(whole, context.RequestAborted).ConfigureAwait(false);
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(most);
        }
        catch (BadHttpRequestException)
        {
            throw Problem.InvalidRequest.With("The body ended before it was complete.");
        }

        return whole.Length <= most ? whole.ToArray() : throw TooLarge(most);
    }

    private static ProblemException TooLarge(int most) =>
        Problem.TooLarge.With(FormattableString.Invariant($"The body can have at most {most} bytes. Send events in several requests, or raise Atlas:Api:MaxBodyBytes."));
}
