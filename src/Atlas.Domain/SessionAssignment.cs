using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>The random draws made for a session at its start. Stored with the session; all later statistics are computed from it.</summary>
[GenerateSerializer, Immutable, Alias("atlas.session-assignment")]
public sealed record SessionAssignment
{
    /// <summary>Gets the unit of randomization that the draws were made for; null if nothing was drawn.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <summary>Gets the identity of the task, from <c>metadata.task_id</c>, else from the text; null for an unknown task.</summary>
    [Id(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Task { get; init; }

    /// <summary>Gets the reward that was expected for the task, from 0.02 to 0.98.</summary>
    [Id(2)]
    public double M { get; init; } = 0.5;

    /// <summary>Gets a value indicating whether the session got a playbook at all; null if that was not drawn.</summary>
    [Id(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArmAssignment? Holdout { get; init; }

    /// <summary>Gets a value indicating whether the session got the new version; null if there was no canary, or if the session got no
    /// playbook.</summary>
    [Id(4)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArmAssignment? Canary { get; init; }

    /// <summary>Gets the draws for entries.</summary>
    [Id(5)]
    public ImmutableArray<EntryAssignment> Entries { get; init; } = [];

    /// <summary>Gets entries of its version that were withheld without a draw: those that no session gets, and those that wait for their
    /// trial.</summary>
    [Id(6)]
    public ImmutableArray<string> Barred { get; init; } = [];

    /// <summary>Gets the arm of an experiment started by a person; null if none is running, or if its arms do not differ for this session.</summary>
    [Id(7)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArmAssignment? Experiment { get; init; }

    /// <summary>Gets an anonymous identity of the session's author, 12 hex digits; null if unknown.</summary>
    [Id(8)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Author { get; init; }

    /// <summary>Gets the entries that would have been drawn for the first time if their cue had shown in the task; null for none.</summary>
    [Id(9)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<UnseenCue>? Unseen { get; init; }

    /// <summary>Gets a value indicating whether the session gets no playbook.</summary>
    [JsonIgnore]
    public bool IsHeldOut => Holdout is { Shown: false };

    /// <summary>Determines whether the session gets an entry of its version.</summary>
    /// <param name="entry">The entry's id.</param>
    public bool IsGiven(string entry) =>
        !IsHeldOut && !Barred.Contains(entry, StringComparer.Ordinal) && !Entries.Any(drawn => !drawn.Shown && drawn.Entry == entry);

    /// <summary>Compares by content.</summary>
    public bool Equals(SessionAssignment? other) =>
        other is not null
        && (Unit, Task, M, Holdout, Canary, Experiment, Author) == (other.Unit, other.Task, other.M, other.Holdout, other.Canary, other.Experiment, other.Author)
        && Entries.AsSpan().SequenceEqual(other.Entries.AsSpan())
        && Barred.AsSpan().SequenceEqual(other.Barred.AsSpan())
        && (Unseen ?? []).AsSpan().SequenceEqual((other.Unseen ?? []).AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Unit, Task, M, Holdout, Canary, Entries.Length, Barred.Length);
}

/// <summary>The draw for an entry.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Sha">The first 16 hex digits of the SHA-256 of the entry as it was rendered.</param>
/// <param name="P">The probability with which the entry was to be shown, above 0 and below 1.</param>
/// <param name="Shown">Whether it was shown.</param>
[GenerateSerializer, Immutable, Alias("atlas.entry-assignment")]
public sealed record EntryAssignment(
    [property: Id(0)] string Entry, [property: Id(1)] string Sha, [property: Id(2)] double P, [property: Id(3)] bool Shown)
{
    /// <summary>Gets the number of the entry's trial; 0 for the first. A draw of an earlier trial does not count in a later one.</summary>
    [Id(4)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Trial { get; init; }
}

/// <summary>An entry whose cue was looked for in a task, and did not show.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Sha">The first 16 hex digits of the SHA-256 of the entry as it was rendered.</param>
[GenerateSerializer, Immutable, Alias("atlas.unseen-cue")]
public sealed record UnseenCue([property: Id(0)] string Entry, [property: Id(1)] string Sha)
{
    /// <summary>Gets the number of the entry's trial; 0 for the first.</summary>
    [Id(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Trial { get; init; }
}

/// <summary>The draw of an arm.</summary>
/// <param name="Salt">Identifies the trial.</param>
/// <param name="P">The probability with which the session was to get the playbook, or the new version; above 0 and below 1.</param>
/// <param name="Shown">Whether it did.</param>
[GenerateSerializer, Immutable, Alias("atlas.arm-assignment")]
public sealed record ArmAssignment([property: Id(0)] string Salt, [property: Id(1)] double P, [property: Id(2)] bool Shown)
{
    /// <summary>Gets a value indicating whether the arm is treated differently from the key's other sessions: it gets a version that an
    /// experiment compares, or another configuration. Such a session does not tell whether rewards decline.</summary>
    [Id(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unusual { get; init; }
}
