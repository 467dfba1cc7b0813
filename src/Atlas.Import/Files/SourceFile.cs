namespace Atlas.Import.Files;

/// <summary>Finds and opens the files of a source.</summary>
internal static class SourceFile
{
    private const int DeepestFolder = 16;

    private static readonly EnumerationOptions Walk = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = DeepestFolder,
        IgnoreInaccessible = true,
    };

    public static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <summary>Returns the file itself, or the files of the folder that have one of the endings, in the order of their names, with numbers
    /// in numeric order.</summary>
    /// <exception cref="FileNotFoundException">The folder has no such file.</exception>
    public static IReadOnlyList<string> All(string path, IReadOnlyList<string> endings)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        var files = Directory.EnumerateFiles(path, "*", Walk)
            .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Order(ByNumber)
            .ToList();
        return files.Count > 0
            ? files
            : throw new FileNotFoundException($"The folder '{path}' has no file whose name ends in {string.Join(", ", endings)}.");
    }

    private static readonly StringComparer ByNumber =
        StringComparer.Create(System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering);

    /// <summary>Returns whether a file's name indicates one record per line.</summary>
    public static bool HasLines(string path) =>
        path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase);
}
