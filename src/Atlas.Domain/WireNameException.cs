namespace Atlas.Domain;

/// <summary>A text that is no name of the enum it was given for. The message says which names there are.</summary>
public sealed class WireNameException(string message) : FormatException(message);
