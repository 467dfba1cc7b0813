using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Atlas.Proxy.Routing;

/// <summary>The destination of a request, read from its raw target: what is appended to the upstream's address stays the same byte for
/// byte.</summary>
/// <param name="Upstream">The name of the upstream.</param>
/// <param name="Path">The path after the name, unchanged, without its leading slash.</param>
/// <param name="Query">The query with its question mark; empty for none.</param>
/// <param name="LearningKey">The learning key in the path; null if there is none.</param>
internal sealed record ProxyRoute(string Upstream, string Path, string Query, string? LearningKey)
{
    public const string Prefix = "/proxy";
    public const string KeyMark = "k";

    private const string Unforwardable = "The address has a part that cannot be forwarded: '.', '..', or percent-encoded bytes that are not UTF-8. Remove it.";

    /// <summary>How many paths are remembered. Agents call few of them, again and again.</summary>
    private const int MostKnown = 1000;
    private const int LongestKnown = 512;

    private static readonly ConcurrentDictionary<(string Path, int Skipped), ProxyRoute> Known = new();
    private static readonly char[] Separators = ['/', '\\'];
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Gets the segments of the path as an upstream may understand them: decoded, without empty ones and without
    /// parameters.</summary>
    public string[] Segments { get; private init; } = [];

    /// <summary>Parses the route; returns null, with a complaint, if the address leads nowhere.</summary>
    public static ProxyRoute? Read(HttpContext context, out string? complaint)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target) || target[0] != '/')
        {
            target = context.Request.PathBase.ToUriComponent() + context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        }

        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, "") : (target[..question], target[question..]);
        var skipped = context.Request.PathBase.Value?.Count(sign => sign == '/') ?? 0;
        if (!Known.TryGetValue((path, skipped), out var known))
        {
            known = OfPath(path, skipped + 1, out complaint);
            if (known is null)
            {
                return null;
            }

            if (Known.Count >= MostKnown)
            {
                Known.Clear();
            }

            if (path.Length <= LongestKnown)
            {
                Known[(path, skipped)] = known;
            }
        }

        complaint = null;
        return query.Length == 0 ? known : known with { Query = query };
    }

    private static ProxyRoute? OfPath(string path, int skipped, out string? complaint)
    {
        var parts = path.Split('/');
        if (parts.Any(part => Decode(part) is null or "." or ".."))
        {
            complaint = Unforwardable;
            return null;
        }

        // The first part is empty, because the path begins with a slash.
        var rest = parts.AsSpan(Math.Min(skipped + 1, parts.Length));
        string? key = null;
        if (rest.Length > 1 && rest[0] == KeyMark)
        {
            key = Decode(rest[1])!;
            rest = rest[2..];
        }

        if (rest.Length < 1 || rest[0].Length == 0)
        {
            complaint = "The address does not name an upstream. Use /proxy/openai/v1, /proxy/anthropic, or /proxy/k/LEARNING-KEY/openai/v1.";
            return null;
        }

        var forwarded = rest[1..].ToArray();
        string[] segments = [.. forwarded.SelectMany(part => Decode(part)!.Split(Separators)).Select(part => part.Split(';')[0].Trim()).Where(part => part.Length > 0)];
        if (segments.Any(part => part is "." or ".."))
        {
            complaint = Unforwardable;
            return null;
        }

        complaint = null;
        return new ProxyRoute(rest[0], string.Join('/', forwarded), "", key) { Segments = segments };
    }

    private static string? Decode(string part)
    {
        if (!part.Contains('%', StringComparison.Ordinal))
        {
            return part;
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(part.Length)];
        var length = 0;
        for (var at = 0; at < part.Length; at++)
        {
            if (part[at] == '%' && at + 2 < part.Length && Uri.IsHexDigit(part[at + 1]) && Uri.IsHexDigit(part[at + 2]))
            {
                bytes[length++] = byte.Parse(part.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                at += 2;
            }
            else
            {
                length += Encoding.UTF8.GetBytes(part, at, 1, bytes, length);
            }
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
