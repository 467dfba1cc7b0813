using System.Buffers;
using Atlas.Http.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace Atlas.Proxy.Forwarding;

/// <summary>Reads the body of a request, once, and puts another one in its place.</summary>
internal static class RequestBody
{
    private static readonly ReadOnlyMemory<byte> Nothing = ReadOnlyMemory<byte>.Empty;

    /// <summary>The bytes; null if the body is to pass unread, because it is packed or too large.</summary>
    /// <exception cref="ProblemException">It turned out too large on the way.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int most)
    {
        var request = context.Request;
        if (request.ContentLength > most || request.Headers.ContentEncoding.Count > 0)
        {
            return null;
        }

        if (request.ContentLength is { } length)
        {
            var whole = GC.AllocateUninitializedArray<byte>((int)length);
            await request.Body.ReadExactlyAsync(whole, context.RequestAborted).ConfigureAwait(false);
            return whole;
        }

        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return Nothing;
        }

        using var read = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            for (int count; (count = await request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false)) > 0;)
            {
                read.Write(buffer, 0, count);
                if (read.Length > most)
                {
                    throw Problem.TooLarge.With(FormattableString.Invariant($"The body has more than {most} bytes and does not tell its length. Send it with a Content-Length, or raise proxy.max_body_bytes."));
                }
            }
        }
        finally
        {
            // It is the pool of the whole process, and what stood here may be secret.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        return read.ToArray();
    }

    /// <summary>Sends these bytes in the place of those that were read.</summary>
    public static void Replace(HttpContext context, Stream body)
    {
        context.Request.Body = body;
        context.Request.Headers.Remove("Transfer-Encoding");
        context.Request.ContentLength = body.Length;
    }

    /// <summary>Lets bodies in that are larger than a web page's.</summary>
    public static void Unlimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

    }
}
