namespace Atlas.Learning.Playbooks;

/// <summary>A text is no playbook document. The message says where, what is wrong, and what would be right.</summary>
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
