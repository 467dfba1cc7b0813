namespace Atlas.Cli;

/// <summary>Ends a command with a sentence for the person at the terminal.</summary>
internal sealed class CommandFailedException : Exception
{
    public CommandFailedException(ExitCode code, string sentence, Exception? cause = null)
        : base(sentence, cause)
    {
        Code = code;
    }

    public ExitCode Code { get; }
}
