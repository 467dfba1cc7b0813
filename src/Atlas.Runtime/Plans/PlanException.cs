namespace Atlas.Runtime.Plans;

/// <summary>The exception thrown for a plan that cannot be used. The message says what is wrong with it.</summary>
public sealed class PlanException(string message) : Exception(message);
