namespace Atlas.Runtime.Importing;

/// <summary>The result of importing one recorded run.</summary>
/// <param name="IsNew">False if an earlier import, or an earlier record, had completed the session.</param>
/// <param name="LearningIsOff">Whether the silo learns from no session at all.</param>
/// <param name="AwaitsApproval">Whether the session must be approved before it teaches.</param>
public sealed record ImportOutcome(bool IsNew, bool LearningIsOff = false, bool AwaitsApproval = false);
