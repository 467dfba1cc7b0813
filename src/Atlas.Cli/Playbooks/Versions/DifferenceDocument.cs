using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Versions;

/// <summary>The document of <c>atlas playbook diff --json</c>.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="From">The first version.</param>
/// <param name="To">The second version.</param>
/// <param name="Same">Whether both say the same.</param>
/// <param name="Student">Lines of the student's text that were added or removed.</param>
/// <param name="Teacher">The same for the teacher's text.</param>
/// <param name="Added">Entries that are new.</param>
/// <param name="Removed">Entries that are gone.</param>
/// <param name="Changed">Entries that say something else, field by field.</param>
internal sealed record DifferenceDocument(
    string LearningKey,
    int From,
    int To,
    bool Same,
    ImmutableArray<LineChange> Student,
    ImmutableArray<LineChange> Teacher,
    ImmutableArray<PlaybookEntry> Added,
    ImmutableArray<PlaybookEntry> Removed,
    ImmutableArray<EntryDifference> Changed)
{
    public static DifferenceDocument Of(string learningKey, PlaybookVersion from, PlaybookVersion to)
    {
        var difference = PlaybookDiff.Between(from.Playbook, to.Playbook);
        return new DifferenceDocument(
            learningKey, from.Number, to.Number, difference.IsEmpty, difference.Student, difference.Teacher, difference.Added,
            difference.Removed, difference.Changed);
    }
}
