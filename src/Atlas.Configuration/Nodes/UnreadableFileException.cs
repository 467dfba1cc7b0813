using Atlas.Configuration.Checking;

namespace Atlas.Configuration.Nodes;

/// <summary>A file that cannot be read further, with the place where that became clear.</summary>
internal sealed class UnreadableFileException(ValueSource source, string message) : Exception(message)
{
    public ValueSource Place { get; } = source;
}
