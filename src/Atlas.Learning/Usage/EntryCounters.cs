using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Usage;

/// <summary>What was seen of one entry in one session. On the wire: a member of <c>learning_usage.roles.&lt;role&gt;</c>.</summary>
public sealed record EntryCounters
{
    public int CueHits { get; init; }

    public int ActionAdoptions { get; init; }

    public int SuccessfulAdoptions { get; init; }

    public int FailedAdoptions { get; init; }

    /// <summary>Steps in which the cue showed, each once.</summary>
    public IReadOnlyList<int> StepIds { get; init; } = [];

    /// <summary>Steps in which the tool was used, each once.</summary>
    public IReadOnlyList<int> AdoptionSteps { get; init; } = [];

    public string? RuntimeHandle { get; init; }

    public string Category { get; init; } = "";

    /// <summary>What a reader needs to understand the counters without the playbook.</summary>
    public EntrySummary? Metadata { get; init; }

    /// <summary>Pieces of text the cue showed in; only if examples are kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? CueExamples { get; init; }

    /// <summary>Uses of the tool; only if examples are kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JsonElement>? AdoptionExamples { get; init; }
}

/// <summary>The part of an entry that is stored with its usage.</summary>
public sealed record EntrySummary(EntryCue Cue, EntryScope Scope, string ExpectedEffect);
