namespace Atlas.Learning.Evidence;

/// <summary>An entry of the version that a session is given, as the assignment sees it.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Sha">SHA-256 of the entry as it is rendered, in lower-case hex.</param>
/// <param name="IsTriggered">Whether its cue matches the task's text, or cannot be judged on it.</param>
public readonly record struct TrialSubject(string Entry, string Sha, bool IsTriggered);
