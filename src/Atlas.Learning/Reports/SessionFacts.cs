using Atlas.Domain;
using System.Text.Json;

namespace Atlas.Learning.Reports;

/// <summary>What a report needs to know about one session.</summary>
public sealed record SessionFacts
{
    public required long Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>running</c>, <c>succeeded</c>, <c>failed</c>, or what another tool wrote.</summary>
    public required SessionStatus Status { get; init; }

    /// <summary><c>pending</c>, <c>approved</c>, <c>quarantined</c>, or what another tool wrote.</summary>
    public required ReviewStatus ReviewStatus { get; init; }

    /// <summary>Equal for sessions with the same task text.</summary>
    public required long TaskHash { get; init; }

    /// <summary>How the session was supervised, such as <c>paired</c>; null if unknown.</summary>
    public string? ExecutionMode { get; init; }

    /// <summary>The reward's score; null if there is none.</summary>
    public double? Score { get; init; }

    public double? Uncertainty { get; init; }

    /// <summary>The number of recorded judge calls; null if they were not counted.</summary>
    public int? AuditCount { get; init; }

    /// <summary>The note on this session for the student.</summary>
    public string? StudentLearning { get; init; }

    /// <summary>The note on this session for the teacher.</summary>
    public string? TeacherLearning { get; init; }

    /// <summary>The number of recorded trajectory events.</summary>
    public long Events { get; init; }

    public string? StudentModel { get; init; }

    public string? TeacherModel { get; init; }

    /// <summary>The object <c>token_usage</c> as it is stored; null if there is none.</summary>
    public JsonElement? TokenUsage { get; init; }

    /// <summary>Tokens used by the session; null if they were not counted.</summary>
    public double? TotalTokens { get; init; }

    /// <summary>Tokens sent, if it is known how many of them came from a prompt cache; otherwise null.</summary>
    public double? InputTokens { get; init; }

    /// <summary>Of those, the ones read from a provider's prompt cache.</summary>
    public double? CachedTokens { get; init; }

    /// <summary>The cost of its models in US dollars, over all roles; null if no price is known.</summary>
    public double? CostUsd { get; init; }

    /// <summary>The time from start to end; null while it runs, and for a run that was recorded elsewhere.</summary>
    public double? Seconds { get; init; }

    /// <summary>What is known about cues and adoptions; null if nothing is.</summary>
    public SessionUsage? Usage { get; init; }

    /// <summary>The version of the playbook that the session got; null if unknown or none.</summary>
    public int? PlaybookVersion { get; init; }

    /// <summary>Whether a playbook was put into its prompts.</summary>
    public bool HadPlaybook { get; init; }

    /// <summary>Whether it is a run that was recorded elsewhere, whose outcome was already fixed.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>Whether the session matches the selector of the control arm; false if there is none.</summary>
    public bool FitsControl { get; init; }

    /// <summary>Whether the session matches the selector of the treatment arm; true if there is none.</summary>
    public bool FitsTreatment { get; init; } = true;
}
