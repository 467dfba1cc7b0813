namespace Atlas.Domain;

/// <summary>The exception thrown for a text that is not a name of the enum. The message lists the valid names.</summary>
public sealed class WireNameException(string message) : FormatException(message);
