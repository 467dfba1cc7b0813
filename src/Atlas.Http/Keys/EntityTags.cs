using Atlas.Http.Problems;
using Microsoft.Net.Http.Headers;

namespace Atlas.Http.Keys;

/// <summary>What a caller says of the playbook it knows.</summary>
internal static class EntityTags
{
    /// <summary>Whether the caller has this version already.</summary>
    public static bool IsKnown(HttpRequest request, string etag)
    {
        var sent = request.Headers.IfNoneMatch;
        return sent.Count > 0 && (sent is [{ } only] && only == etag || Matches(sent, etag));
    }

    /// <summary>Whether the caller wants its change only on a certain playbook, and this is another one.</summary>
    public static bool IsOutdated(HttpRequest request, string etag) => request.Headers.IfMatch is { Count: > 0 } sent && !Matches(sent, etag);

    private static bool Matches(Microsoft.Extensions.Primitives.StringValues sent, string etag)
    {
        if (!EntityTagHeaderValue.TryParseList(sent!, out var tags))
        {
            throw Problem.InvalidRequest.With("An ETag stands in quotes, as this API sends it; '*' stands for any.");
        }

        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (tag.Tag == etag));
    }
}
