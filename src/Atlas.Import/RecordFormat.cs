using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Atlas.Import.Files;
using Atlas.Import.Json;

namespace Atlas.Import;

/// <summary>The base class of formats in which each JSON value of a list, of a line or of a file is a run.</summary>
public abstract class RecordFormat : IRunFormat
{
    private const int RecordsTried = 5;
    private const int LongestTried = 8 * 1024 * 1024;

    private protected RecordFormat()
    {
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Title { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract string Example { get; }

    /// <inheritdoc/>
    public virtual SourceKinds Sources => SourceKinds.File | SourceKinds.Folder;

    /// <summary>See <see cref="RecordSplitter"/>.</summary>
    internal virtual ImmutableArray<string> ListPath => [];

    /// <summary>Gets the endings of the file names that are read in a folder.</summary>
    internal virtual IReadOnlyList<string> Endings => [".json", ".jsonl", ".ndjson"];

    /// <summary>Returns the files of a source, in the order in which they are read.</summary>
    /// <exception cref="IOException">There are no such files.</exception>
    internal virtual IReadOnlyList<string> Files(string path) => SourceFile.All(path, Endings);

    /// <summary>Returns whether a record has this format.</summary>
    internal abstract bool Fits(JsonElement record);

    /// <summary>Reads a record.</summary>
    /// <exception cref="RecordException">The record does not conform to the format.</exception>
    internal abstract RecordedRun Read(SourceRecord record);

    /// <inheritdoc/>
    public async Task<bool> RecognisesAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            var file = Files(path)[0];
            var stream = SourceFile.Open(file);
            await using (stream.ConfigureAwait(false))
            {
                var records = RecordStream.ReadAsync(stream, ListPath, SourceFile.HasLines(file), LongestTried, LongestTried, cancellationToken);
                await foreach (var raw in records.Take(RecordsTried).ConfigureAwait(false))
                {
                    if (raw.Kind is RawKind.Record && FitsRaw(raw))
                    {
                        return true;
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Reading the source will report the problem.
        }

        return false;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunOrError> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var index = 0;
        var isFile = File.Exists(path);
        foreach (var file in Files(path))
        {
            var stream = SourceFile.Open(file);
            await using (stream.ConfigureAwait(false))
            {
                await foreach (var item in ReadAsync(stream, file, index, cancellationToken).ConfigureAwait(false))
                {
                    index = item.Index + 1;
                    yield return isFile ? item : item.In(Path.GetFileName(file));
                }
            }
        }
    }

    /// <summary>Reads a stream, record by record, and leaves it open.</summary>
    internal async IAsyncEnumerable<RunOrError> ReadAsync(
        Stream stream, string file = "", int index = 0, [EnumeratorCancellation] CancellationToken ct = default)
    {
        JsonDocument? head = null;
        try
        {
            await foreach (var raw in RecordStream.ReadAsync(stream, ListPath, SourceFile.HasLines(file), ct: ct).ConfigureAwait(false))
            {
                if (raw.Kind is RawKind.Head)
                {
                    head?.Dispose();
                    head = ReadHead(raw);
                    continue;
                }

                yield return raw.Kind switch
                {
                    RawKind.Record => Read(raw, head, index, file),
                    RawKind.Fault => RunOrError.Bad(index, raw.Fault!, raw.Line),
                    _ => RunOrError.Broken(index, raw.Fault!, raw.Line),
                };
                index++;
            }
        }
        finally
        {
            head?.Dispose();
        }
    }

    private RunOrError Read(RawRecord raw, JsonDocument? head, int index, string file)
    {
        var hadNoNumber = false;
        try
        {
            using var document = RecordText.Parse(raw, out hadNoNumber, out var wasMended);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new RecordException($"A record must be an object; this one is {Fields.Describe(document.RootElement.ValueKind)}.");
            }

            var run = Read(new SourceRecord(document.RootElement, head?.RootElement ?? default, index, file));
            return RunOrError.Good(run, raw.Line, wasMended);
        }
        catch (RecordException e)
        {
            var isNoNumber = hadNoNumber && e.Message.EndsWith("it is null.", StringComparison.Ordinal);
            return RunOrError.Bad(index, isNoNumber ? $"{e.Message} (NaN and Infinity are read as null.)" : e.Message, raw.Line);
        }
    }

    private bool FitsRaw(RawRecord raw)
    {
        try
        {
            using var document = RecordText.Parse(raw, out _, out _);
            return document.RootElement.ValueKind == JsonValueKind.Object && Fits(document.RootElement);
        }
        catch (RecordException)
        {
            return false;
        }
    }

    private static JsonDocument? ReadHead(RawRecord raw)
    {
        try
        {
            return RecordText.Parse(raw, out _, out _);
        }
        catch (RecordException)
        {
            return null; // The records are read without it.
        }
    }
}
