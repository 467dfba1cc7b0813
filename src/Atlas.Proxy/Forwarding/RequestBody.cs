using System.Buffers;
using Atlas.Http.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace Atlas.Proxy.Forwarding;

/// <summary>Reads the body of a request once, and replaces it.</summary>
internal static class RequestBody
{
    private static readonly ReadOnlyMemory<byte> Nothing = ReadOnlyMemory<byte>.Empty;

    /// <summary>Reads the bytes; returns null if the body must pass unread because it is compressed or too large.</summary>
    /// <exception cref="ProblemException">The body turned out to be too large while it was read.</exception>
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
                    throw Problem.TooLarge.With(FormattableString.Invariant($"The body has more than {most} bytes and no Content-Length. Send it with a Content-Length, or raise proxy.max_body_bytes."));
                }
            }
        }
        finally
        {
            // The pool is shared by the whole process, and the contents may be secret.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        return read.ToArray();
    }

    /// <summary>Sends these bytes instead of those that were read.</summary>
    public static void Replace(HttpContext context, Stream body)
    {
        context.Request.Body = body;
        context.Request.Headers.Remove("Transfer-Encoding");
        context.Request.ContentLength = body.Length;
    }

    /// <summary>Allows bodies that are larger than the server's default limit.</summary>
    public static void Unlimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

    }
}
