using System.Text;
using Atlas.Http.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace Atlas.Http.Door;

/// <summary>Reads a value of the route as the caller wrote it.</summary>
/// <remarks>Routing works on a path that is decoded but for <c>%2F</c>, so that <c>a%2Fb</c> and <c>a%252Fb</c> look alike in it. The
/// request's own target tells them apart.</remarks>
internal static class RawRoute
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Puts the text that was meant into the value of the route.</summary>
    /// <exception cref="ProblemException">Its bytes are no UTF-8.</exception>
    public static void Restore(HttpContext context, string name)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint || !context.Request.RouteValues.ContainsKey(name))
        {
            return;
        }

        var pattern = endpoint.RoutePattern.PathSegments;
        var index = 0;
        while (index < pattern.Count && !pattern[index].Parts.Any(part => part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter && parameter.Name == name))
        {
            index++;
        }

        var segments = Path(context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        index += context.Request.PathBase.Value?.Count(character => character == '/') ?? 0;
        if (index < segments.Length)
        {
            context.Request.RouteValues[name] = Decode(segments[index], name);
        }
    }

    private static string Path(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        var authority = path.IndexOf("://", StringComparison.Ordinal);
        return authority < 0 || path[0] == '/' ? path : path[Math.Max(path.IndexOf('/', authority + 3), 0)..];
    }

    private static string Decode(string segment, string name)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(segment)];
        var length = 0;
        for (var at = 0; at < segment.Length; at++)
        {
            if (segment[at] == '%' && at + 2 < segment.Length + 0 && Uri.IsHexDigit(segment[at + 1]) && Uri.IsHexDigit(segment[at + 2]))
            {
                bytes[length++] = Convert.ToByte(segment.Substring(at + 1, 2), 16);
                at += 2;
            }
            else
            {
                length += Encoding.UTF8.GetBytes(segment, at, 1, bytes, length);
            }
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw Problem.InvalidRequest.With($"The {name} in the address is no UTF-8 behind its percent signs.");
        }
    }
}
