using Atlas.Client.Cache;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Learning.Keys;
using Microsoft.Extensions.Logging;

namespace Atlas.Client.Chat;

/// <summary>Provides the playbook for prompts: the cluster's, else the last known one, else none.</summary>
internal sealed class PlaybookSource(AtlasChatOptions options, PlaybookCache? cache, ILogger logger, TimeProvider time)
{
    private Kept? _kept;

    private static readonly PromptPlaybook None = new(new ResolvedPlaybook("", 0, null, InjectionMode.Prefix, false, 0, null, null), InjectionMode.Prefix, null, [], false);

    /// <summary>Returns the current playbook of a learning key for a prompt, and keeps it.</summary>
    /// <param name="resolved">The cluster's answer.</param>
    /// <param name="cluster">The name of the cluster; null if unknown, in which case nothing is kept.</param>
    public PromptPlaybook Current(ResolvedPlaybook resolved, string? cluster)
    {
        KeptOf(cluster)?.Playbooks.Note(resolved);
        return PromptPlaybook.From(resolved, options);
    }

    /// <summary>Returns the playbook of a session for its prompts. What is kept is the current playbook of its learning key.</summary>
    /// <param name="given">The playbook given to the session.</param>
    /// <param name="cluster">The name of the cluster; null if unknown, in which case nothing is kept.</param>
    /// <param name="resolve">Reads the current playbook of a learning key.</param>
    public PromptPlaybook OfSession(ResolvedPlaybook given, string? cluster, Func<string, Task<ResolvedPlaybook>> resolve)
    {
        KeptOf(cluster)?.Playbooks.Follow(given, resolve);
        return PromptPlaybook.From(given, options);
    }

    /// <summary>Returns the playbook to use when the cluster gave none, and logs one line about it.</summary>
    /// <param name="learningKey">The learning key; it can be what the cluster refused.</param>
    /// <param name="cluster">The name of the cluster; null if unknown.</param>
    /// <param name="failure">Why there is none.</param>
    public PromptPlaybook LastKnown(string learningKey, string? cluster, Exception failure)
    {
        // Only an outage ends by itself. Anything else goes on until somebody changes something.
        var (level, problem) = failure switch
        {
            AtlasRefusedException => (LogLevel.Error, "Atlas refused the request"),
            _ when Failures.IsPassing(failure, CancellationToken.None) => (LogLevel.Warning, "Atlas cannot be reached"),
            _ => (LogLevel.Error, "The request to Atlas failed"),
        };
        var reason = failure.Message.TrimEnd('.');
        if (LearningKeyRule.ProblemOf(learningKey) is null && KeptOf(cluster)?.Cache.Read(learningKey, options.Role) is { } cached)
        {
            logger.GoesOnWithCache(level, problem, reason, cached.Role, cached.Version, cached.StoredAt);
            return PromptPlaybook.From(cached, options);
        }

        logger.GoesOnWithoutPlaybook(level, problem, reason, options.Role);
        return None;
    }

    private Kept? KeptOf(string? cluster)
    {
        if (cluster is null || cache is null)
        {
            return null;
        }

        var kept = _kept;
        if (kept?.Cluster != cluster)
        {
            var own = cache.Of(cluster);
            _kept = kept = new Kept(cluster, own, new KeptPlaybooks(own, time));
        }

        return kept;
    }

    private sealed record Kept(string Cluster, PlaybookCache Cache, KeptPlaybooks Playbooks);
}
