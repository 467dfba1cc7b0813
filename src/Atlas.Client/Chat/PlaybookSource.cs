using Atlas.Client.Cache;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.Chat;

/// <summary>Gives the playbook for prompts: what the cluster says, else what was last known, else none.</summary>
internal sealed class PlaybookSource(AtlasChatOptions options, PlaybookCache? cache, ILogger logger)
{
    private (string? Name, PlaybookCache? Cache) _cache;

    private static readonly PromptPlaybook None = new(new ResolvedPlaybook("", 0, null, InjectionMode.Prefix, false, 0, null, null), InjectionMode.Prefix, null, [], false);

    /// <param name="resolved">What the cluster said.</param>
    /// <param name="cluster">Which cluster; null if it does not say, so that nothing is kept.</param>
    public PromptPlaybook Fresh(ResolvedPlaybook resolved, string? cluster)
    {
        CacheOf(cluster)?.Store(resolved);
        return PromptPlaybook.From(resolved, options);
    }

    /// <summary>What to go on with while the cluster is out of reach. Says so in one line.</summary>
    public PromptPlaybook LastKnown(string learningKey, string? cluster, Exception failure)
    {
        var reason = failure.Message.TrimEnd('.');
        if (CacheOf(cluster)?.Read(learningKey, options.Role) is { } cached)
        {
            logger.GoesOnWithCache(reason, cached.Role, cached.Version, cached.StoredAt);
            return PromptPlaybook.From(cached, options);
        }

        logger.GoesOnWithoutPlaybook(reason, options.Role);
        return None;
    }

    private PlaybookCache? CacheOf(string? cluster)
    {
        if (cluster is null)
        {
            return null;
        }

        var (name, found) = _cache;
        if (name != cluster)
        {
            _cache = (cluster, found = cache?.Of(cluster));
        }

        return found;
    }
}
