using Atlas.Client.Cache;
using Atlas.Contracts.Playbooks;
using Atlas.Learning.Options;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.Chat;

/// <summary>Gives the playbook for prompts: what the cluster says, else what was last known, else none.</summary>
internal sealed class PlaybookSource(AtlasChatOptions options, PlaybookCache? cache, ILogger logger)
{
    private static readonly PromptPlaybook None = new(0, InjectionMode.Prefix, null, null, false);

    public PromptPlaybook Fresh(ResolvedPlaybook resolved)
    {
        cache?.Store(resolved);
        return PromptPlaybook.From(resolved, options);
    }

    /// <summary>What to go on with while the cluster is out of reach. Says so in one line.</summary>
    public PromptPlaybook LastKnown(string learningKey, Exception failure)
    {
        var reason = failure.Message.TrimEnd('.');
        if (cache?.Read(learningKey, options.Role) is { } cached)
        {
            logger.GoesOnWithCache(reason, cached.Role, cached.Version, cached.StoredAt);
            return PromptPlaybook.From(cached, options);
        }

        logger.GoesOnWithoutPlaybook(reason, options.Role);
        return None;
    }
}
