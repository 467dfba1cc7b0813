using Atlas.Contracts.Access;
using Orleans.Concurrency;

namespace Atlas.Contracts.Playbooks;

/// <summary>Reads playbooks from whichever silo the caller is connected to. Any key of the grain does; calls with different ones
/// are spread over the silos.</summary>
[Alias("atlas.playbook-reader")]
public interface IPlaybookReaderGrain : IGrainWithIntegerKey
{
    /// <summary>The playbook of a learning key.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="freshness">How old it may be.</param>
    [AlwaysInterleave]
    [Alias("resolve")]
    [Needs(AtlasPermissions.Read)]
    ValueTask<ResolvedPlaybook> Resolve(string learningKey, PlaybookFreshness freshness);
}
