namespace Atlas.Contracts.Playbooks;

/// <summary>Reads playbooks where a silo is in the same process, without a call of a grain: what <see cref="IPlaybookReaderGrain"/> says to clients.</summary>
public interface IPlaybookReader
{
    /// <summary>The playbook of a learning key.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="freshness">How old it may be.</param>
    /// <exception cref="AtlasRefusedException">It is no learning key.</exception>
    /// <exception cref="AtlasUnavailableException">The owner of the key cannot answer now.</exception>
    ValueTask<ResolvedPlaybook> ResolveAsync(string learningKey, PlaybookFreshness freshness);
}
