using Atlas.Domain;
using System.Text.Json;

namespace Atlas.Learning.Reports;

/// <summary>What a report needs to know of one session.</summary>
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

    /// <summary>How the session was supervised, say <c>paired</c>; null if that is unknown.</summary>
    public string? ExecutionMode { get; init; }

    /// <summary>The reward's score; null if there is none.</summary>
    public double? Score { get; init; }

    public double? Uncertainty { get; init; }

    /// <summary>How many calls of judges are on record; null if they were not counted.</summary>
    public int? AuditCount { get; init; }

    /// <summary>The note on this session for the student.</summary>
    public string? StudentLearning { get; init; }

    /// <summary>The note on this session for the teacher.</summary>
    public string? TeacherLearning { get; init; }

    /// <summary>Trajectory events on record.</summary>
    public long Events { get; init; }

    public string? StudentModel { get; init; }

    public string? TeacherModel { get; init; }

    /// <summary>The object <c>token_usage</c> as it is stored; null if there is none.</summary>
    public JsonElement? TokenUsage { get; init; }

    /// <summary>Tokens that the session cost; null if they were not counted.</summary>
    public double? TotalTokens { get; init; }

    /// <summary>What its models cost in US dollars, of all roles; null if no price is known.</summary>
    public double? CostUsd { get; init; }

    /// <summary>From its start to its end; null while it runs, and for a run that was recorded elsewhere.</summary>
    public double? Seconds { get; init; }

    /// <summary>What is known of cues and adoptions; null if nothing is.</summary>
    public SessionUsage? Usage { get; init; }

    /// <summary>The version of the playbook that the session was given; null if that is unknown or it was given none.</summary>
    public int? PlaybookVersion { get; init; }

    /// <summary>Whether a playbook was put into its prompts.</summary>
    public bool HadPlaybook { get; init; }

    /// <summary>Whether it is a run that was recorded elsewhere: its outcome was fixed before it came here.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>Whether the session fits the selector of the arm that is measured against; false where there is none.</summary>
    public bool FitsControl { get; init; }

    /// <summary>Whether the session fits the selector of the arm that is measured; true where there is none.</summary>
    public bool FitsTreatment { get; init; } = true;
}
