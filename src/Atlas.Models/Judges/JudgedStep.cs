using System.Collections.Immutable;
using System.Text.Json;

namespace Atlas.Models.Judges;

/// <summary>One step of a session as a judge sees it. Long texts are shortened on the way to a model.</summary>
public sealed record JudgedStep
{
    /// <summary>Gets the step's number in the plan.</summary>
    public required int Id { get; init; }

    /// <summary>Gets what was to be done.</summary>
    public string Description { get; init; } = "";

    /// <summary>Gets how it ended, for example <c>passed</c>; null if unknown.</summary>
    public string? Status { get; init; }

    /// <summary>Gets the number of attempts.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Gets the output.</summary>
    public string Output { get; init; } = "";

    /// <summary>Gets the transcript: one line per message and tool call.</summary>
    public string Trace { get; init; } = "";

    /// <summary>Gets the teacher's notes.</summary>
    public ImmutableArray<string> Guidance { get; init; } = [];

    /// <summary>Gets the teacher's verdict as JSON; undefined if there was none.</summary>
    public JsonElement Validation { get; init; }
}
