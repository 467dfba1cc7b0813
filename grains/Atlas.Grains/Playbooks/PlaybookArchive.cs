using Atlas.Contracts;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Journal;
using Atlas.Queries;

namespace Atlas.Grains.Playbooks;

/// <summary>Reads earlier versions of a playbook.</summary>
internal sealed class PlaybookArchive(PlaybookQueries queries)
{
    /// <summary>Returns the content of a version that a key's state depends on.</summary>
    /// <exception cref="AtlasUnavailableException">It is missing, or the database cannot be reached.</exception>
    public async Task<LearnedPlaybook> DemandAsync(string learningKey, int version) => (await FindAsync(learningKey, version))?.Playbook
        ?? throw new AtlasUnavailableException(
            $"Version {version} of the playbook of {learningKey} is missing from the table playbook_versions. Restore its row, "
            + "from a backup or from the journal's event 'playbook_changed' of that version, then send the request again.");

    /// <summary>Returns a version named in a command; 0 is the empty playbook before the first.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="version">The version.</param>
    /// <param name="newest">The key's newest version; 0 while there is none.</param>
    /// <exception cref="AtlasRefusedException">The version does not exist.</exception>
    public async Task<ServedPlaybook> DemandServedAsync(string learningKey, int version, int newest) =>
        (version == 0 && newest > 0 ? new ServedPlaybook(0, null, LearnedPlaybook.Empty) : await FindAsync(learningKey, version))
        ?? throw new AtlasRefusedException(newest == 0
            ? $"The key {learningKey} has no version {version}: it has learned nothing yet."
            : $"The key {learningKey} has no version {version}; it has versions 1 to {newest}.");

    /// <summary>Returns the content of a version; null if it does not exist.</summary>
    public async Task<ServedPlaybook?> FindAsync(string learningKey, int version)
    {
        var found = await queries.FindVersionAsync(learningKey, version);
        return found is null ? null : new ServedPlaybook(version, found.Summary.CreatedAt, found.Playbook());
    }
}
