namespace Atlas.Import;

/// <summary>A format of recorded agent runs. To add one, write a class and add a line to <see cref="RunFormats"/>.</summary>
public interface IRunFormat
{
    /// <summary>Gets its name on the command line, such as <c>tau-bench</c>.</summary>
    string Name { get; }

    /// <summary>Gets what a source of this format contains, in the plural: <c>recorded τ-bench runs</c>.</summary>
    string Title { get; }

    /// <summary>Gets one sentence for the help that says what is imported.</summary>
    string Summary { get; }

    /// <summary>Gets an example of a source and a key: <c>runs.json --key tau/airline</c>.</summary>
    string Example { get; }

    /// <summary>Gets whether a source is a file, a folder, or either.</summary>
    SourceKinds Sources { get; }

    /// <summary>Returns whether a source has this format, judged by its first records. False if it cannot be read.</summary>
    Task<bool> RecognisesAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Reads a source, run by run; memory usage does not grow with the size of the source.</summary>
    /// <returns>Good and bad records in the order of the source. If reading has to end early, the last item has
    /// <see cref="RunOrError.EndsSource"/> and says so.</returns>
    /// <exception cref="IOException">The source cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the source is denied.</exception>
    IAsyncEnumerable<RunOrError> ReadAsync(string path, CancellationToken cancellationToken = default);
}
