using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;

namespace Atlas.Domain.Usage;

/// <summary>What was seen of one entry in one session. Stored as a member of <c>learning_usage.roles.&lt;role&gt;</c>.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-counters")]
public sealed record EntryCounters
{
    /// <summary>How often its cue showed.</summary>
    [Id(0)]
    public int CueHits { get; init; }

    /// <summary>How often its tool was used.</summary>
    [Id(1)]
    public int ActionAdoptions { get; init; }

    /// <summary>How often with success.</summary>
    [Id(2)]
    public int SuccessfulAdoptions { get; init; }

    /// <summary>How often without.</summary>
    [Id(3)]
    public int FailedAdoptions { get; init; }

    /// <summary>Steps in which the cue showed, each once.</summary>
    [Id(4)]
    public ImmutableArray<int> StepIds { get; init; } = [];

    /// <summary>Steps in which the tool was used, each once.</summary>
    [Id(5)]
    public ImmutableArray<int> AdoptionSteps { get; init; } = [];

    /// <summary>The tool; null if the entry asks for none.</summary>
    [Id(6)]
    public string? RuntimeHandle { get; init; }

    /// <summary>The entry's category; empty if it has none.</summary>
    [Id(7)]
    public string Category { get; init; } = "";

    /// <summary>What a reader needs to understand the counters without the playbook.</summary>
    [Id(8)]
    public EntrySummary? Metadata { get; init; }

    /// <summary>Pieces of text the cue showed in; null unless examples are kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(9)]
    public ImmutableArray<string>? CueExamples { get; init; }

    /// <summary>Uses of the tool; null unless examples are kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(10)]
    public ImmutableArray<JsonElement>? AdoptionExamples { get; init; }
}

/// <summary>The part of an entry that is stored with its usage.</summary>
/// <param name="Cue">When it applies.</param>
/// <param name="Scope">How far it reaches.</param>
/// <param name="ExpectedEffect">What it is good for.</param>
[GenerateSerializer, Immutable, Alias("atlas.entry-summary")]
public sealed record EntrySummary([property: Id(0)] EntryCue Cue, [property: Id(1)] EntryScope Scope, [property: Id(2)] string ExpectedEffect);
