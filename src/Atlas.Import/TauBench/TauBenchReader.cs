using System.Runtime.CompilerServices;
using System.Text.Json;
using Atlas.Import.Json;

namespace Atlas.Import.TauBench;

/// <summary>Reads recorded runs of the tau-bench form: a JSON array of <c>{task_id, trial, reward, info.task.instruction,
/// traj}</c>, where <c>traj</c> is a list of chat messages.</summary>
/// <remarks>Nothing else of a record is read. In particular the reference actions, the expected outputs and the details of the
/// reward never reach a <see cref="RecordedRun"/>.</remarks>
public static class TauBenchReader
{
    /// <summary>Reads a file, record by record; a file of any size fits.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static async IAsyncEnumerable<RunOrError> ReadAsync(string path, [EnumeratorCancellation] CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (stream.ConfigureAwait(false))
        {
            await foreach (var item in ReadAsync(stream, ct).ConfigureAwait(false))
            {
                yield return item;
            }
        }
    }

    /// <summary>Reads a stream, record by record, and leaves it open.</summary>
    /// <returns>Good and bad records in order. If the text itself is broken, what was readable comes first and then one item
    /// with <see cref="RunOrError.EndsSource"/>.</returns>
    public static async IAsyncEnumerable<RunOrError> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var index = 0;
        await foreach (var item in JsonArrayReader.ReadAsync(stream, ct).ConfigureAwait(false))
        {
            if (item.Element is not { } record)
            {
                yield return RunOrError.Broken(index, item.Error!);
                continue;
            }

            using (record)
            {
                yield return Read(record.RootElement, index++);
            }
        }
    }

    private static RunOrError Read(JsonElement record, int index)
    {
        try
        {
            return RunOrError.Good(TauBenchRecord.Read(record, index));
        }
        catch (RecordException e)
        {
            return RunOrError.Bad(index, e.Message);
        }
        catch (InvalidOperationException)
        {
            // The only thing left that a well-formed element can refuse: bytes that are no text.
            return RunOrError.Bad(index, "A text in the record is not valid UTF-8.");
        }
    }
}
