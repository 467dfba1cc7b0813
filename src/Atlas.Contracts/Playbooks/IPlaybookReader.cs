namespace Atlas.Contracts.Playbooks;

/// <summary>Reads playbooks in the process of a silo, without a grain call. For clients, <see cref="IPlaybookReaderGrain"/> does the same.</summary>
public interface IPlaybookReader
{
    /// <summary>Returns the playbook of a learning key.</summary>
    /// <param name="learningKey">The learning key.</param>
    /// <param name="freshness">How old the playbook can be.</param>
    /// <exception cref="AtlasRefusedException">The text is not a valid learning key.</exception>
    /// <exception cref="AtlasUnavailableException">The owner of the key cannot answer now.</exception>
    ValueTask<ResolvedPlaybook> ResolveAsync(string learningKey, PlaybookFreshness freshness);
}
