using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Atlas.Import.Files;
using Atlas.Import.Json;

namespace Atlas.Import.Otel;

/// <summary>Spans of generative AI systems as OpenTelemetry's exporters write them to a file (OTLP in JSON), following the GenAI
/// conventions. The spans of a trace, wherever they are in the source, form one run.</summary>
/// <remarks>A source is read twice: first for the positions of each trace's spans, then trace by trace. A source can therefore have any
/// size; only a few bytes per span are kept.</remarks>
public sealed class OtelFormat : IRunFormat
{
    private const int SpansTried = 200;
    private const int MostTried = 8 * 1024 * 1024;

    private static readonly ImmutableArray<string> SpansPath =
        ["resourceSpans|resource_spans", "scopeSpans|scope_spans|instrumentationLibrarySpans", "spans"];

    private static readonly string[] Endings = [".json", ".jsonl", ".ndjson"];

    /// <inheritdoc/>
    public string Name => "otel";

    /// <inheritdoc/>
    public string Title => "OpenTelemetry spans";

    /// <inheritdoc/>
    public string Summary => "Import OpenTelemetry spans of an agent (OTLP JSON, GenAI conventions): a session for each trace.";

    /// <inheritdoc/>
    public string Example => "traces.jsonl --key support/agent";

    /// <inheritdoc/>
    public SourceKinds Sources => SourceKinds.File | SourceKinds.Folder;

    /// <inheritdoc/>
    public async Task<bool> RecognisesAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            var file = SourceFile.All(path, Endings)[0];
            var stream = SourceFile.Open(file);
            await using (stream.ConfigureAwait(false))
            {
                await foreach (var raw in RecordStream.ReadAsync(stream, SpansPath, SourceFile.HasLines(file), most: MostTried, ct: cancellationToken)
                                   .Where(raw => raw.Kind is RawKind.Record).Take(SpansTried).ConfigureAwait(false))
                {
                    try
                    {
                        using var document = RecordText.Parse(raw, out _, out _);
                        OtelSpan.Read(document.RootElement);
                        return true;
                    }
                    catch (RecordException)
                    {
                        // Not a span; the next record may be one.
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
        var files = SourceFile.All(path, Endings);
        var places = new Dictionary<string, List<Place>>(StringComparer.Ordinal);
        var order = new List<string>();
        var (index, spans) = (0, 0L);
        for (var file = 0; file < files.Count; file++)
        {
            var stream = SourceFile.Open(files[file]);
            await using (stream.ConfigureAwait(false))
            {
                await foreach (var raw in RecordStream.ReadAsync(stream, SpansPath, SourceFile.HasLines(files[file]), ct: cancellationToken).ConfigureAwait(false))
                {
                    spans += raw.Kind is RawKind.Record ? 1 : 0;
                    if (raw.Kind is not RawKind.Head && Note(raw, file, places, order) is { } fault)
                    {
                        var bad = raw.Kind is RawKind.End ? RunOrError.Broken(index++, fault, raw.Line) : RunOrError.Bad(index++, fault, raw.Line);
                        yield return files.Count == 1 ? bad with { EndsSource = false } : bad.In(Path.GetFileName(files[file]));
                    }
                }
            }
        }

        if (order.Count == 0 && spans > 0)
        {
            yield return RunOrError.Broken(index, string.Create(
                CultureInfo.InvariantCulture, $"None of {spans} spans has an attribute of the GenAI conventions (gen_ai.…), so they contain no agent run."));
        }

        foreach (var trace in order)
        {
            yield return Read(trace, places[trace], files, index++);
        }
    }

    private static string? Note(RawRecord raw, int file, Dictionary<string, List<Place>> places, List<string> order)
    {
        if (raw.Fault is not null)
        {
            return raw.Fault;
        }

        try
        {
            using var document = RecordText.Parse(raw, out _, out _);
            if (OtelSpan.Read(document.RootElement) is { } span)
            {
                if (!places.TryGetValue(span.TraceId, out var spans))
                {
                    order.Add(span.TraceId);
                    places[span.TraceId] = spans = [];
                }

                spans.Add(new Place(file, raw.Offset, raw.Bytes.Length));
            }

            return null;
        }
        catch (RecordException e)
        {
            return e.Message;
        }
    }

    private static RunOrError Read(string trace, List<Place> places, IReadOnlyList<string> files, int index)
    {
        try
        {
            var spans = new List<OtelSpan>();
            var wasMended = false;
            foreach (var group in places.GroupBy(place => place.File))
            {
                using var handle = File.OpenHandle(files[group.Key]);
                foreach (var place in group)
                {
                    var bytes = new byte[place.Length];
                    var read = RandomAccess.Read(handle, bytes, place.Offset);
                    using var document = RecordText.Parse(new RawRecord(RawKind.Record, bytes.AsMemory(0, read), 1, 1, place.Offset), out _, out var mended);
                    wasMended |= mended;
                    if (OtelSpan.Read(document.RootElement) is { } span)
                    {
                        spans.Add(span);
                    }
                }
            }

            return RunOrError.Good(OtelTrace.Read(trace, spans, index), wasMended: wasMended);
        }
        catch (RecordException e)
        {
            return RunOrError.Bad(index, e.Message);
        }
    }

    private readonly record struct Place(int File, long Offset, int Length);
}
