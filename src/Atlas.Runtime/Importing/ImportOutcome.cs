namespace Atlas.Runtime.Importing;

/// <summary>What became of one recorded run.</summary>
/// <param name="IsNew">False if an earlier import, or an earlier record, had completed the session.</param>
/// <param name="LearningIsOff">Whether the silo learns from no session at all.</param>
/// <param name="AwaitsApproval">Whether somebody has to approve the session before it teaches.</param>
public sealed record ImportOutcome(bool IsNew, bool LearningIsOff = false, bool AwaitsApproval = false);
