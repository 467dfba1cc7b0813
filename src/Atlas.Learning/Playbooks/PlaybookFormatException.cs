namespace Atlas.Learning.Playbooks;

/// <summary>The exception thrown if a text is not a playbook document. The message says where, what is wrong, and what would be
/// right.</summary>
public sealed class PlaybookFormatException : FormatException
{
    public PlaybookFormatException()
    {
    }

    public PlaybookFormatException(string message) : base(message)
    {
    }

    public PlaybookFormatException(string message, Exception inner) : base(message, inner)
    {
    }
}
