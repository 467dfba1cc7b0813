namespace Atlas.Cli;

/// <summary>The exception that ends a command with a sentence for the user.</summary>
internal sealed class CommandFailedException : Exception
{
    public CommandFailedException(ExitCode code, string sentence, Exception? cause = null)
        : base(sentence, cause)
    {
        Code = code;
    }

    public ExitCode Code { get; }
}
