using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Playbooks;
using Atlas.Http.Access;
using Atlas.Learning.Playbooks;
using Atlas.Queries;

namespace Atlas.Http.Keys;

/// <summary>A page of learning keys by name.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last one.</param>
internal sealed record KeyPage(ImmutableArray<KeySummary> Keys, string? NextCursor);

/// <summary>A page of versions, the newest first.</summary>
/// <param name="Versions">The versions.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last one.</param>
internal sealed record VersionPage(ImmutableArray<VersionSummary> Versions, string? NextCursor);

/// <summary>One version with its content.</summary>
/// <param name="Version">What a list says of it; null for version 0, the empty playbook before the first.</param>
/// <param name="StudentText">The student's text.</param>
/// <param name="TeacherText">The teacher's text.</param>
/// <param name="Document">The version as <c>import</c> takes it.</param>
internal sealed record VersionAnswer(VersionSummary? Version, string? StudentText, string? TeacherText, JsonElement Document)
{
    public static VersionAnswer Of(VersionDetail version, Caller caller) => new(
        version.Summary with { LearningKey = caller.Show(version.Summary.LearningKey) },
        version.StudentText,
        version.TeacherText,
        JsonElement.Parse(PlaybookDocument.Export(version.Playbook())));
}

/// <summary>What changed from one version to another.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="From">The version that is compared.</param>
/// <param name="To">The version it is compared with.</param>
/// <param name="Same">Whether both say the same.</param>
/// <param name="Student">Lines of the student's text that were added or removed.</param>
/// <param name="Teacher">The same for the teacher's text.</param>
/// <param name="Added">Entries that are new.</param>
/// <param name="Removed">Entries that are gone.</param>
/// <param name="Changed">Entries that say something else, field by field.</param>
internal sealed record DifferenceAnswer(
    string LearningKey, int From, int To, bool Same, ImmutableArray<LineChange> Student, ImmutableArray<LineChange> Teacher,
    ImmutableArray<PlaybookEntry> Added, ImmutableArray<PlaybookEntry> Removed, ImmutableArray<EntryDifference> Changed);

/// <summary>The entries of a key's newest version, each with its impact so far.</summary>
/// <param name="LearningKey">The key.</param>
/// <param name="Version">The version.</param>
/// <param name="Entries">Its entries with rubric, provenance and impact.</param>
internal sealed record EntriesAnswer(string LearningKey, int Version, ImmutableArray<PlaybookEntry> Entries);
