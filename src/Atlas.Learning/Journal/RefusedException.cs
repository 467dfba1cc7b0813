namespace Atlas.Learning.Journal;

/// <summary>A command that the rules do not allow. The message says what was wrong and what would be right.</summary>
public sealed class RefusedException(string message) : Exception(message);
