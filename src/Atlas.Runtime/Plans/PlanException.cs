namespace Atlas.Runtime.Plans;

/// <summary>A plan cannot be used. The message says what is wrong with it.</summary>
public sealed class PlanException(string message) : Exception(message);
