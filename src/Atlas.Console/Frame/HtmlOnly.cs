using Microsoft.AspNetCore.Routing.Matching;

namespace Atlas.Pages.Frame;

/// <summary>Marks an endpoint that is a page for browsers; other clients get what else is mapped at the address.</summary>
internal sealed class HtmlOnly;

/// <summary>Selects a page only for clients that accept HTML.</summary>
internal sealed class HtmlOnlyPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<HtmlOnly>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var reads = httpContext.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        for (var at = 0; at < candidates.Count; at++)
        {
            if (candidates.IsValidCandidate(at) && candidates[at].Endpoint.Metadata.GetMetadata<HtmlOnly>() is not null && !reads)
            {
                candidates.SetValidity(at, false);
            }
        }

        return Task.CompletedTask;
    }
}
