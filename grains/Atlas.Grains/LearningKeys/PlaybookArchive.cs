using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts;
using Atlas.Grains.Sessions;
using Atlas.Learning.Journal;
using Atlas.Learning.Json;
using Atlas.Learning.Playbooks;
using Atlas.Storage.Queries;

namespace Atlas.Grains.LearningKeys;

/// <summary>Reads earlier versions of a playbook back.</summary>
internal sealed class PlaybookArchive(PlaybookQueries queries, DatabaseFailures failures)
{
    /// <summary>What a version said that a key's state rests on.</summary>
    /// <exception cref="AtlasUnavailableException">It is gone, or the database cannot be reached.</exception>
    public async Task<LearnedPlaybook> DemandAsync(string learningKey, int version) => (await FindAsync(learningKey, version))?.Playbook
        ?? throw new AtlasUnavailableException(
            $"Version {version} of the playbook of {learningKey} is missing in the table playbook_versions. Restore its row, "
            + "from a backup or from the journal's event 'playbook_changed' of that version, then send the request again.");

    /// <summary>What a version said; null if there is no such version.</summary>
    public async Task<ServedPlaybook?> FindAsync(string learningKey, int version)
    {
        var found = await failures.TranslateAsync(queries.FindVersionAsync(learningKey, version));
        return found is null
            ? null
            : new ServedPlaybook(version, found.Summary.CreatedAt, new LearnedPlaybook
            {
                StudentText = found.StudentText ?? "",
                TeacherText = found.TeacherText,
                Entries = found.Entries.Deserialize<ImmutableArray<PlaybookEntry>>(AtlasJson.Options),
                Metadata = found.Metadata.Deserialize<ImmutableSortedDictionary<string, JsonElement>>(AtlasJson.Options)
                    ?? LearnedPlaybook.Empty.Metadata,
            });
    }
}
