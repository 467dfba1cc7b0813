using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Learning.Injection;

namespace Atlas.Models.Judges;

/// <summary>A finished session as a judge sees it.</summary>
/// <remarks>Everything in it except <see cref="ExecutionMode"/> was written by users, agents or tools and is not trusted.</remarks>
public sealed record JudgeRequest
{
    /// <summary>Gets the task of the session.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the session's final answer; blank if there was none.</summary>
    public string FinalAnswer { get; init; } = "";

    /// <summary>Gets the mode: <c>auto</c>, <c>paired</c> or <c>coach</c>; null if unknown.</summary>
    public string? ExecutionMode { get; init; }

    /// <summary>Gets a value indicating whether the teacher gave guidance, or a step took more than one attempt.</summary>
    public bool TeacherIntervened { get; init; }

    /// <summary>Gets the plan as JSON; undefined if there was none.</summary>
    public JsonElement Plan { get; init; }

    /// <summary>Gets the steps in the order in which they were done.</summary>
    public ImmutableArray<JudgedStep> Steps { get; init; } = [];

    /// <summary>Gets the caller's metadata, a JSON object. Judges see only the allowed keys.</summary>
    public JsonElement Metadata { get; init; }

    /// <summary>Gets the playbooks that the session got. Copies of them are removed from what a judge sees, because the work is judged and
    /// not what was learned.</summary>
    public InjectedTexts Injected { get; init; } = InjectedTexts.None;

    /// <summary>Gets what to pay special attention to in this session; null for the judge's settings. Trusted like a prompt.</summary>
    public string? FocusPrompt { get; init; }
}
