using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Learning.Injection;

namespace Atlas.Models.Judges;

/// <summary>A finished session, as a judge is shown it.</summary>
/// <remarks>Everything in it but <see cref="ExecutionMode"/> was written by users, agents or tools and is not trusted.</remarks>
public sealed record JudgeRequest
{
    /// <summary>The task the session was given.</summary>
    public required string Task { get; init; }

    /// <summary>What the session answered in the end; blank if it did not come to an answer.</summary>
    public string FinalAnswer { get; init; } = "";

    /// <summary><c>auto</c>, <c>paired</c> or <c>coach</c>; null if unknown.</summary>
    public string? ExecutionMode { get; init; }

    /// <summary>Whether the teacher gave guidance, or a step took more than one attempt.</summary>
    public bool TeacherIntervened { get; init; }

    /// <summary>The plan, as JSON; undefined if there was none.</summary>
    public JsonElement Plan { get; init; }

    /// <summary>The steps in the order they were done.</summary>
    public ImmutableArray<JudgedStep> Steps { get; init; } = [];

    /// <summary>The caller's metadata, a JSON object; judges see only the keys they are allowed to.</summary>
    public JsonElement Metadata { get; init; }

    /// <summary>The playbooks the session was given. Copies of them are taken out of what a judge sees: the work is judged, not
    /// what was learned.</summary>
    public InjectedTexts Injected { get; init; } = InjectedTexts.None;

    /// <summary>What to look at in this session in particular; null leaves it to the judge's settings. Trusted like a prompt.</summary>
    public string? FocusPrompt { get; init; }
}
