using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;

namespace Atlas.Domain.Usage;

/// <summary>What was observed of an entry in a session. Stored as a member of <c>learning_usage.roles.&lt;role&gt;</c>.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-counters")]
public sealed record EntryCounters
{
    /// <summary>Gets how often its cue fired.</summary>
    [Id(0)]
    public int CueHits { get; init; }

    /// <summary>Gets how often its tool was used.</summary>
    [Id(1)]
    public int ActionAdoptions { get; init; }

    /// <summary>Gets how many of those uses succeeded.</summary>
    [Id(2)]
    public int SuccessfulAdoptions { get; init; }

    /// <summary>Gets how many of those uses failed.</summary>
    [Id(3)]
    public int FailedAdoptions { get; init; }

    /// <summary>Gets the steps in which the cue fired, without duplicates.</summary>
    [Id(4)]
    public ImmutableArray<int> StepIds { get; init; } = [];

    /// <summary>Gets the steps in which the tool was used, without duplicates.</summary>
    [Id(5)]
    public ImmutableArray<int> AdoptionSteps { get; init; } = [];

    /// <summary>Gets the tool; null if the entry asks for none.</summary>
    [Id(6)]
    public string? RuntimeHandle { get; init; }

    /// <summary>Gets the entry's category; empty if it has none.</summary>
    [Id(7)]
    public string Category { get; init; } = "";

    /// <summary>Gets what a reader needs to understand the counters without the playbook.</summary>
    [Id(8)]
    public EntrySummary? Metadata { get; init; }

    /// <summary>Gets excerpts of text in which the cue fired; null unless examples are kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(9)]
    public ImmutableArray<string>? CueExamples { get; init; }

    /// <summary>Gets uses of the tool; null unless examples are kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(10)]
    public ImmutableArray<JsonElement>? AdoptionExamples { get; init; }
}

/// <summary>The part of an entry that is stored with its usage.</summary>
/// <param name="Cue">When it applies.</param>
/// <param name="Scope">Where it applies.</param>
/// <param name="ExpectedEffect">The expected effect.</param>
[GenerateSerializer, Immutable, Alias("atlas.entry-summary")]
public sealed record EntrySummary([property: Id(0)] EntryCue Cue, [property: Id(1)] EntryScope Scope, [property: Id(2)] string ExpectedEffect);
