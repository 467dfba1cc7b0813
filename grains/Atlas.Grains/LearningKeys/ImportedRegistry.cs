using Atlas.Learning.Playbooks;
using Atlas.Storage.Queries;

namespace Atlas.Grains.LearningKeys;

/// <summary>What the original had learned for a key before this database was taken over.</summary>
internal sealed class ImportedRegistry(PlaybookQueries queries)
{
    private Task<bool>? _any;

    /// <summary>The key's playbook of that time; null if there is none.</summary>
    public async Task<LearnedPlaybook?> FindAsync(string learningKey)
    {
        // Rows come only with a database that is taken over, so most silos ask once and never again.
        var any = _any ??= queries.HasImportedRowsAsync();
        if (!await any)
        {
            return null;
        }

        return await queries.FindImportedRowAsync(learningKey) is { } row
            ? LearningStateJson.FromColumns(row.StudentLearning, row.TeacherLearning, row.Metadata ?? default)
            : null;
    }
}
