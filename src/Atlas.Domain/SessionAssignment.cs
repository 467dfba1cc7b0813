using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>What was drawn for one session at its start. Stored with it; all that is counted later is computed from this.</summary>
[GenerateSerializer, Immutable, Alias("atlas.session-assignment")]
public sealed record SessionAssignment
{
    /// <summary>The unit of randomisation that the draws were made for; null where nothing was drawn.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <summary>The task's identity: of <c>metadata.task_id</c>, else of the text; null for an unknown task.</summary>
    [Id(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Task { get; init; }

    /// <summary>The reward that was expected of the task, 0.02 to 0.98.</summary>
    [Id(2)]
    public double M { get; init; } = 0.5;

    /// <summary>Whether it was given a playbook at all; null where that was not drawn.</summary>
    [Id(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArmAssignment? Holdout { get; init; }

    /// <summary>Whether it was given the new version; null where none was on trial, or where it was given no playbook.</summary>
    [Id(4)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArmAssignment? Canary { get; init; }

    /// <summary>The entries that were drawn for it.</summary>
    [Id(5)]
    public ImmutableArray<EntryAssignment> Entries { get; init; } = [];

    /// <summary>Entries of its version that are kept from it without a draw: those that nobody is given, and those that wait for their trial.</summary>
    [Id(6)]
    public ImmutableArray<string> Barred { get; init; } = [];

    /// <summary>The arm of the experiment that a person started; null where none runs, or where its arms do not differ for this session.</summary>
    [Id(7)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArmAssignment? Experiment { get; init; }

    /// <summary>Whether the session is given no playbook.</summary>
    [JsonIgnore]
    public bool IsHeldOut => Holdout is { Shown: false };

    /// <summary>Whether the session is given an entry of its version.</summary>
    /// <param name="entry">The entry's id.</param>
    public bool IsGiven(string entry) =>
        !IsHeldOut && !Barred.Contains(entry, StringComparer.Ordinal) && !Entries.Any(drawn => !drawn.Shown && drawn.Entry == entry);

    /// <summary>Compares by content.</summary>
    public bool Equals(SessionAssignment? other) =>
        other is not null
        && (Unit, Task, M, Holdout, Canary, Experiment) == (other.Unit, other.Task, other.M, other.Holdout, other.Canary, other.Experiment)
        && Entries.AsSpan().SequenceEqual(other.Entries.AsSpan())
        && Barred.AsSpan().SequenceEqual(other.Barred.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Unit, Task, M, Holdout, Canary, Entries.Length, Barred.Length);
}

/// <summary>The draw of one entry.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Sha">The first 16 hex digits of the SHA-256 of the entry as it was rendered.</param>
/// <param name="P">The probability with which it was to be shown, above 0 and below 1.</param>
/// <param name="Shown">Whether it was.</param>
[GenerateSerializer, Immutable, Alias("atlas.entry-assignment")]
public sealed record EntryAssignment(
    [property: Id(0)] string Entry, [property: Id(1)] string Sha, [property: Id(2)] double P, [property: Id(3)] bool Shown);

/// <summary>The draw of an arm.</summary>
/// <param name="Salt">Which trial it was.</param>
/// <param name="P">The probability with which the session was to get the playbook, or the new version; above 0 and below 1.</param>
/// <param name="Shown">Whether it did.</param>
[GenerateSerializer, Immutable, Alias("atlas.arm-assignment")]
public sealed record ArmAssignment([property: Id(0)] string Salt, [property: Id(1)] double P, [property: Id(2)] bool Shown);
