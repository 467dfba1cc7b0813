namespace Atlas.Learning.Tests.Poisoning;

/// <summary>A session as the synthesizer is shown it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Author">Whose it is.</param>
/// <param name="IsHonest">Whether it is not an attacker's.</param>
/// <param name="Topic">Which of the topics its task is about.</param>
/// <param name="Task">The task's identity.</param>
/// <param name="Rule">The rule that its text asks for; null for none.</param>
/// <param name="Reward">Its reward.</param>
internal sealed record PoisonedSession(long Id, string Author, bool IsHonest, int Topic, string Task, int? Rule, double Reward);
