using Atlas.Contracts.Playbooks;

namespace Atlas.Client;

public sealed partial class AtlasClient
{
    public Task<KeyChange> MergeEntriesAsync(string learningKey, string kept, string entryId, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).MergeEntries(kept, entryId, by, cancellationToken), cancellationToken);

    public Task<KeyChange> UnmergeEntryAsync(string learningKey, string entryId, Attribution by, CancellationToken cancellationToken = default) =>
        _calls.ChangeAsync(() => Key(learningKey).UnmergeEntry(entryId, by, cancellationToken), cancellationToken);
}
