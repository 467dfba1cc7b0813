using System.Collections.Immutable;
using System.Globalization;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Queries.Training;
using Atlas.Reports.Export;

namespace Atlas.Cli.Export;

/// <summary>Writes sessions to a file, with one page of them in memory.</summary>
internal sealed class ExportRun(CommandContext context, TrainingData data, ExportRequest request, bool quiet)
{
    private long _sessions;
    private long _steps;
    private long? _expected;

    public async Task<ExportReport> RunAsync(CancellationToken cancellation)
    {
        await using var file = Create();
        if (request.Parquet && !file.Stream.CanSeek)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{request.Output} is not a file, which Parquet needs. Name a file, or give --format jsonl.");
        }

        var found = new HashSet<long>();
        if (await FilterAsync(cancellation) is { } filter)
        {
            // Counting costs an extra pass, so it is done only if somebody is watching.
            _expected = context.Terminal.ShowsProgress && !quiet ? await data.CountAsync(filter, cancellation) : null;
        }
        else
        {
            filter = request.Filter with { Limit = 0 };
        }

        Task WriteAsync() => WriteAllAsync(filter, file.Stream, found, cancellation);
        await (quiet ? WriteAsync() : Progress.CountAsync(context.Terminal, "Exporting", Progressed, WriteAsync, context.Clock));
        long? bytes = file.Stream.CanSeek ? file.Stream.Length : null;
        await file.CommitAsync(cancellation);
        ImmutableArray<long> missing = [.. request.Filter.SessionIds.Where(id => !found.Contains(id))];
        foreach (var id in missing)
        {
            context.Terminal.Say($"warning: session {id} was not exported; it does not exist, or the filters leave it out.");
        }

        return new ExportReport(
            request.Output, request.Parquet ? "parquet" : "jsonl", _sessions, _steps, bytes, request.Filter.ReviewStatuses, missing);
    }

    private WholeFile Create()
    {
        try
        {
            return WholeFile.Create(request.Output);
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new CommandFailedException(ExitCode.NotFound, $"The folder of {request.Output} does not exist. Create it first.", missing);
        }
    }

    private async Task WriteAllAsync(TrainingFilter filter, Stream output, HashSet<long> found, CancellationToken cancellation)
    {
        await using ITrainingWriter writer = request.Parquet
            ? await ParquetTrainingWriter.CreateAsync(output, cancellation)
            : new JsonlWriter(output);
        await foreach (var session in data.ReadAsync(filter, cancellation))
        {
            await writer.WriteAsync(session, cancellation);
            Interlocked.Increment(ref _sessions);
            _steps += session.Steps.Length;
            if (!request.Filter.SessionIds.IsEmpty)
            {
                found.Add(session.Id);
            }
        }

        await writer.FinishAsync(cancellation);
    }

    /// <summary>Returns the filter with limit and offset, which count sessions whether or not they pass it; null if no sessions
    /// remain.</summary>
    private async Task<TrainingFilter?> FilterAsync(CancellationToken cancellation)
    {
        var filter = request.Filter;
        if (!filter.SessionIds.IsEmpty)
        {
            return filter; // Sessions that were named are all looked at.
        }

        if (request.RowOffset > 0)
        {
            var before = await data.PositionAsync(request.RowOffset, filter.LearningKey, cancellation);
            if (before is null)
            {
                return null;
            }

            filter = filter with { Before = before };
        }

        // No database has more sessions than an int can count, so a limit beyond that is none.
        return request.RowLimit is not { } limit || limit > int.MaxValue - request.RowOffset
            ? filter
            : filter with { Through = await data.PositionAsync(request.RowOffset + limit, filter.LearningKey, cancellation) };
    }

    private string Progressed()
    {
        var done = Interlocked.Read(ref _sessions);
        if (_expected is not > 0)
        {
            return Wording.Count(done, "session");
        }

        const int Width = 24;
        var share = Math.Min(1, (double)done / _expected.Value);
        var bar = new string('█', (int)(share * Width)).PadRight(Width, '░');
        return string.Create(CultureInfo.InvariantCulture, $"{bar} {done:#,0} of {_expected:#,0} sessions");
    }
}
