using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Atlas.Queries;

namespace Atlas.Grains.LearningKeys;

/// <summary>What the original implementation had learned for a key before this database was taken over.</summary>
internal sealed class ImportedRegistry(PlaybookQueries queries)
{
    private Task<bool>? _any;

    /// <summary>Returns the key's playbook of that time; null if there is none.</summary>
    public async Task<LearnedPlaybook?> FindAsync(string learningKey)
    {
        // Rows exist only in a database that was taken over, so most silos ask once and never again; but a failed query must not be cached.
        var any = _any;
        if (any is null or { IsFaulted: true } or { IsCanceled: true })
        {
            any = _any = queries.HasImportedRowsAsync();
        }

        if (!await any)
        {
            return null;
        }

        return await queries.FindImportedRowAsync(learningKey) is { } row
            ? LearningStateJson.FromColumns(row.StudentLearning, row.TeacherLearning, row.Metadata ?? default)
            : null;
    }
}
