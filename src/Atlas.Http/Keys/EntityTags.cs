using Atlas.Http.Problems;
using Microsoft.Net.Http.Headers;

namespace Atlas.Http.Keys;

/// <summary>Evaluates a request's conditions on the playbook that the caller knows.</summary>
internal static class EntityTags
{
    /// <summary>Returns whether the caller already has this version.</summary>
    public static bool IsKnown(HttpRequest request, string etag)
    {
        var sent = request.Headers.IfNoneMatch;
        return sent.Count > 0 && (sent is [{ } only] && only == etag || Matches(sent, etag));
    }

    /// <summary>Returns whether the caller wants to change a particular playbook only, and this is another one.</summary>
    public static bool IsOutdated(HttpRequest request, string etag) => request.Headers.IfMatch is { Count: > 0 } sent && !Matches(sent, etag);

    private static bool Matches(Microsoft.Extensions.Primitives.StringValues sent, string etag)
    {
        if (!EntityTagHeaderValue.TryParseList(sent!, out var tags))
        {
            throw Problem.InvalidRequest.With("An ETag must be in quotes, as this API sends it, or '*' for any.");
        }

        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (tag.Tag == etag));
    }
}
