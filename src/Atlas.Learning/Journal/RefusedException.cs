namespace Atlas.Learning.Journal;

/// <summary>The exception thrown if the rules do not allow a command. The message says what was wrong and what would be right.</summary>
public sealed class RefusedException(string message) : Exception(message);
