using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Playbooks;

/// <summary>What changed from one playbook to another.</summary>
/// <param name="Student">Lines of the student's text; unchanged lines are left out.</param>
/// <param name="Teacher">Lines of the teacher's text.</param>
/// <param name="Added">Entries that are new.</param>
/// <param name="Removed">Entries that are gone.</param>
/// <param name="Changed">Entries whose content or lifecycle changed.</param>
public sealed record PlaybookDifference(
    ImmutableArray<LineChange> Student,
    ImmutableArray<LineChange> Teacher,
    ImmutableArray<PlaybookEntry> Added,
    ImmutableArray<PlaybookEntry> Removed,
    ImmutableArray<EntryDifference> Changed)
{
    /// <summary>Whether both playbooks have the same content. Impact, rubric and times are not compared.</summary>
    [JsonIgnore]
    public bool IsEmpty => Student.IsEmpty && Teacher.IsEmpty && Added.IsEmpty && Removed.IsEmpty && Changed.IsEmpty;
}

/// <summary>A line that was added or removed.</summary>
/// <param name="Kind">Added or removed.</param>
/// <param name="Line">Its number, from 1: in the new text if it was added, in the old one if it was removed.</param>
/// <param name="Text">The line.</param>
public sealed record LineChange(LineChangeKind Kind, int Line, string Text);

/// <summary>The kind of change to a line.</summary>
public enum LineChangeKind
{
    Removed,
    Added,
}

/// <summary>An entry that changed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Fields">The changes, ordered by field name.</param>
public sealed record EntryDifference(string Id, ImmutableArray<FieldChange> Fields);

/// <summary>A field that changed.</summary>
/// <param name="Field">Its name on the wire, with a dot for each level: <c>cue.pattern</c>.</param>
/// <param name="Before">The old value as JSON; null if the field is new.</param>
/// <param name="After">The new value as JSON; null if the field is gone.</param>
public sealed record FieldChange(string Field, string? Before, string? After);
