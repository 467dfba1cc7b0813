using System.Text.Json;

namespace Atlas.Conformance;

/// <summary>Where the vectors are: the folder named by <c>ATLAS_VECTORS</c>, else the project's own copy.</summary>
internal sealed record VectorFolder(string Path)
{
    /// <summary>The copy that belongs to the project.</summary>
    public static VectorFolder Own { get; } = new(System.IO.Path.Combine(AppContext.BaseDirectory, "vectors"));

    /// <summary>The folder to run.</summary>
    public static VectorFolder Current { get; } =
        Environment.GetEnvironmentVariable("ATLAS_VECTORS") is { Length: > 0 } given ? new VectorFolder(given) : Own;

    /// <summary>Names of the files, without extension.</summary>
    public IEnumerable<string> Files =>
        Directory.EnumerateFiles(Path, "*.jsonl").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    /// <summary>The cases of a file, one per line that is not blank.</summary>
    public IReadOnlyList<JsonElement> Cases(string file) =>
        [.. File.ReadLines(System.IO.Path.Combine(Path, file + ".jsonl")).Where(line => line.Trim().Length > 0).Select(line => JsonElement.Parse(line))];
}
