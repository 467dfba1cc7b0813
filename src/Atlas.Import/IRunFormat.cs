namespace Atlas.Import;

/// <summary>A form in which agent runs are recorded. A new one is a class of its own and a line in <see cref="RunFormats"/>.</summary>
public interface IRunFormat
{
    /// <summary>Its name on the command line, such as <c>tau-bench</c>.</summary>
    string Name { get; }

    /// <summary>What a source of this form holds, in the plural: <c>recorded τ-bench runs</c>.</summary>
    string Title { get; }

    /// <summary>One sentence for the help: what is imported.</summary>
    string Summary { get; }

    /// <summary>An example of a source and a key: <c>runs.json --key tau/airline</c>.</summary>
    string Example { get; }

    /// <summary>Whether a source is a file, a folder, or may be either.</summary>
    SourceKinds Sources { get; }

    /// <summary>Whether a source has this form, judged by its first records. False where it cannot be read.</summary>
    Task<bool> RecognisesAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Reads a source, run by run; the memory it takes does not grow with the size of the source.</summary>
    /// <returns>Good and bad records in the order of the source. Where reading has to end early, the last item has
    /// <see cref="RunOrError.EndsSource"/> and says so.</returns>
    /// <exception cref="IOException">The source cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The source must not be read.</exception>
    IAsyncEnumerable<RunOrError> ReadAsync(string path, CancellationToken cancellationToken = default);
}
