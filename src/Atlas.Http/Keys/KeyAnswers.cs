using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Playbooks;
using Atlas.Http.Access;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;
using Atlas.Queries;

namespace Atlas.Http.Keys;

/// <summary>A page of learning keys, ordered by name.</summary>
/// <param name="Keys">The learning keys.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; null on the last page.</param>
internal sealed record KeyPage(ImmutableArray<KeySummary> Keys, string? NextCursor);

/// <summary>A page of versions, newest first.</summary>
/// <param name="Versions">The versions.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; null on the last page.</param>
internal sealed record VersionPage(ImmutableArray<VersionSummary> Versions, string? NextCursor);

/// <summary>A version with its content.</summary>
/// <param name="Version">The version as in the list of versions.</param>
/// <param name="StudentText">The text for the student; null if there is none.</param>
/// <param name="TeacherText">The text for the teacher; null if there is none.</param>
/// <param name="Document">The playbook in the form that <c>import</c> accepts.</param>
internal sealed record VersionAnswer(VersionSummary? Version, string? StudentText, string? TeacherText, JsonElement Document)
{
    public static VersionAnswer Of(VersionDetail version, Caller caller) => new(
        version.Summary with { LearningKey = caller.Show(version.Summary.LearningKey) },
        version.StudentText,
        version.TeacherText,
        JsonElement.Parse(PlaybookDocument.Export(version.Playbook())));
}

/// <summary>The differences between two versions.</summary>
/// <param name="LearningKey">The learning key.</param>
/// <param name="From">The version that is compared from.</param>
/// <param name="To">The version that is compared to.</param>
/// <param name="Same">Whether the versions say the same.</param>
/// <param name="Student">The lines added to or removed from the student's text.</param>
/// <param name="Teacher">The lines added to or removed from the teacher's text.</param>
/// <param name="Added">The entries that were added.</param>
/// <param name="Removed">The entries that were removed.</param>
/// <param name="Changed">The entries that were changed, field by field.</param>
internal sealed record DifferenceAnswer(
    string LearningKey, int From, int To, bool Same, ImmutableArray<LineChange> Student, ImmutableArray<LineChange> Teacher,
    ImmutableArray<PlaybookEntry> Added, ImmutableArray<PlaybookEntry> Removed, ImmutableArray<EntryDifference> Changed);

/// <summary>The entries of the newest version of a playbook, with their impact so far.</summary>
/// <param name="LearningKey">The learning key.</param>
/// <param name="Version">The newest version.</param>
/// <param name="Entries">The entries, each with its rubric, provenance and impact.</param>
/// <param name="Pairs">Pairs of entries that say the same (<c>same</c>) or might contradict each other (<c>opposed</c>), most similar
/// first.</param>
/// <param name="Merged">Entries that were merged into others and can come back, newest last.</param>
internal sealed record EntriesAnswer(
    string LearningKey, int Version, ImmutableArray<PlaybookEntry> Entries, ImmutableArray<EntryPair> Pairs, ImmutableArray<MergedEntry> Merged);
