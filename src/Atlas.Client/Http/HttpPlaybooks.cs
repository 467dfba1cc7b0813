using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Atlas.Contracts.Playbooks;

namespace Atlas.Client.Http;

/// <summary>Reads playbooks over HTTP. A playbook that has not changed is not transferred again.</summary>
internal sealed class HttpPlaybooks(ApiConnection api)
{
    private const int Most = 4096;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public async Task<ResolvedPlaybook> ResolveAsync(string learningKey, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ApiConnection.Key(learningKey, "playbook"));
        if (_known.TryGetValue(learningKey, out var known))
        {
            request.Headers.IfNoneMatch.Add(known.Tag);
        }

        using var response = await api.SendAsync(request, cancellation).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotModified && known is not null)
        {
            return known.Playbook;
        }

        var playbook = await api.ReadAsync<ResolvedPlaybook>(response).ConfigureAwait(false);
        if (response.Headers.ETag is { } tag)
        {
            // Bounded, because an application can derive a key from every task.
            if (_known.Count >= Most)
            {
                _known.Clear();
            }

            _known[learningKey] = new Known(tag, playbook);
        }

        return playbook;
    }

    private sealed record Known(EntityTagHeaderValue Tag, ResolvedPlaybook Playbook);
}
