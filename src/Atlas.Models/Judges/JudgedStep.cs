using System.Collections.Immutable;
using System.Text.Json;

namespace Atlas.Models.Judges;

/// <summary>One step of a session, as a judge is shown it. Long texts are shortened on the way to a model.</summary>
public sealed record JudgedStep
{
    /// <summary>The step's number in the plan.</summary>
    public required int Id { get; init; }

    /// <summary>What was to be done.</summary>
    public string Description { get; init; } = "";

    /// <summary>How it ended, say <c>passed</c>; null if unknown.</summary>
    public string? Status { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>What came out.</summary>
    public string Output { get; init; } = "";

    /// <summary>The transcript: a line per message and call of a tool.</summary>
    public string Trace { get; init; } = "";

    /// <summary>What the teacher said.</summary>
    public ImmutableArray<string> Guidance { get; init; } = [];

    /// <summary>The teacher's verdict, as JSON; undefined if there was none.</summary>
    public JsonElement Validation { get; init; }
}
