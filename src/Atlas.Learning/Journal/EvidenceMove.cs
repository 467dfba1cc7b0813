using Atlas.Domain;

namespace Atlas.Learning.Journal;

/// <summary>A session that is taken out of the evidence or put back.</summary>
/// <param name="Assignment">What was drawn for it.</param>
/// <param name="Reward">The reward it was counted with, 0 to 1.</param>
/// <param name="Back">True to put it back.</param>
public sealed record EvidenceMove(SessionAssignment Assignment, double Reward, bool Back);
