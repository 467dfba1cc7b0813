using System.Runtime.CompilerServices;
using System.Text;
using Atlas.Http.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Atlas.Http.Door;

/// <summary>Reads a route value as the caller wrote it.</summary>
/// <remarks>Routing works on a path that is decoded except for <c>%2F</c>, so <c>a%2Fb</c> and <c>a%252Fb</c> look alike in it. The raw
/// target of the request distinguishes them.</remarks>
internal sealed class RawRoute(string name)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ConditionalWeakTable<RouteEndpoint, object> _places = [];

    /// <summary>Replaces the route value with the text that was meant.</summary>
    /// <exception cref="ProblemException">Its bytes are not valid UTF-8.</exception>
    public void Restore(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (!target.Contains('%', StringComparison.Ordinal) || context.GetEndpoint() is not RouteEndpoint endpoint || !context.Request.RouteValues.ContainsKey(name))
        {
            return;
        }

        var place = (int)_places.GetValue(endpoint, PlaceOf) + (context.Request.PathBase.Value?.Count(character => character == '/') ?? 0);
        var path = Path(target);
        foreach (var segment in path.Split('/'))
        {
            if (!path[segment].IsEmpty && place-- == 0)
            {
                context.Request.RouteValues[name] = Decode(path[segment], name);
                return;
            }
        }
    }

    /// <summary>Returns the number of segments before the value.</summary>
    private object PlaceOf(RouteEndpoint endpoint)
    {
        var pattern = endpoint.RoutePattern.PathSegments;
        var index = 0;
        while (index < pattern.Count && !pattern[index].Parts.Any(part => part is RoutePatternParameterPart parameter && parameter.Name == name))
        {
            index++;
        }

        return index;
    }

    private static ReadOnlySpan<char> Path(ReadOnlySpan<char> target)
    {
        var query = target.IndexOf('?');
        var path = query < 0 ? target : target[..query];
        var authority = path.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0 || path[0] == '/')
        {
            return path;
        }

        var slash = path[(authority + 3)..].IndexOf('/');
        return slash < 0 ? path : path[(authority + 3 + slash)..];
    }

    private static string Decode(ReadOnlySpan<char> segment, string name)
    {
        Span<byte> bytes = segment.Length <= 256 ? stackalloc byte[768] : new byte[Encoding.UTF8.GetByteCount(segment)];
        var length = 0;
        for (var at = 0; at < segment.Length; at++)
        {
            if (segment[at] == '%' && at + 2 < segment.Length && Uri.IsHexDigit(segment[at + 1]) && Uri.IsHexDigit(segment[at + 2]))
            {
                bytes[length++] = (byte)((Uri.FromHex(segment[at + 1]) << 4) | Uri.FromHex(segment[at + 2]));
                at += 2;
            }
            else
            {
                length += Encoding.UTF8.GetBytes(segment.Slice(at, 1), bytes[length..]);
            }
        }

        try
        {
            return Strict.GetString(bytes[..length]);
        }
        catch (DecoderFallbackException)
        {
            throw Problem.InvalidRequest.With($"The {name} in the address is not percent-encoded UTF-8.");
        }
    }
}
