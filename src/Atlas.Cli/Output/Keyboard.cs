namespace Atlas.Cli.Output;

/// <summary>Reads what a person types.</summary>
internal static class Keyboard
{
    /// <summary>Waits for a key or a line, until the command is stopped: reading itself does not end with Ctrl+C.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="cancellation">Stops waiting; what is typed afterwards is lost.</param>
    /// <exception cref="OperationCanceledException">The command is stopped.</exception>
    public static Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellation) => Task.Run(read, cancellation).WaitAsync(cancellation);
}
