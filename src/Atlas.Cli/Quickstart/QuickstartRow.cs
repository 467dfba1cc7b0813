using Atlas.Domain;
using Atlas.Runtime;

namespace Atlas.Cli.Quickstart;

/// <summary>One task of the quickstart.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Task">The task.</param>
/// <param name="SessionId">Its session.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Reward">0 to 1; null if there is none.</param>
/// <param name="Rationale">Why points were deducted; null if unknown.</param>
/// <param name="Tokens">The tokens of all roles.</param>
/// <param name="Seconds">The time from the start of the session to its answer.</param>
/// <param name="CueHits">How often cues of playbook entries were seen.</param>
/// <param name="PlaybookVersion">The version in the prompts.</param>
/// <param name="LearnedVersion">The version afterwards.</param>
internal sealed record QuickstartRow(
    int Number,
    string Task,
    long SessionId,
    SessionStatus Status,
    double? Reward,
    string? Rationale,
    long Tokens,
    double Seconds,
    int CueHits,
    int PlaybookVersion,
    int LearnedVersion)
{
    public static QuickstartRow Of(int number, string task, RunResult result) => new(
        number,
        task,
        result.SessionId,
        result.Status,
        result.Reward?.Score,
        result.Reward?.Rationale,
        result.TotalTokens,
        Math.Round(result.Duration.TotalSeconds, 3),
        result.Cues?.Session.CueHits ?? 0,
        result.PlaybookBefore.Version,
        result.PlaybookAfter?.Version ?? result.PlaybookBefore.Version);
}
