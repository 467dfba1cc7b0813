using Atlas.Contracts.Access;
using Orleans.Concurrency;

namespace Atlas.Contracts.Playbooks;

/// <summary>Reads playbooks from the silo that the caller is connected to. The grain's key has no meaning; calls with different keys are
/// spread over the silos.</summary>
[Alias("atlas.playbook-reader")]
public interface IPlaybookReaderGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the playbook of a learning key.</summary>
    /// <param name="learningKey">The learning key.</param>
    /// <param name="freshness">How old the playbook can be.</param>
    [AlwaysInterleave]
    [Alias("resolve")]
    [Needs(AtlasPermissions.Read)]
    ValueTask<ResolvedPlaybook> Resolve(string learningKey, PlaybookFreshness freshness);
}
