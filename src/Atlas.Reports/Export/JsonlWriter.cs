using Atlas.Learning.Training;

namespace Atlas.Reports.Export;

/// <summary>Writes one JSON object a line, UTF-8, letters outside ASCII as they are.</summary>
/// <param name="output">Where to; left open.</param>
public sealed class JsonlWriter(Stream output) : ITrainingWriter
{
    private readonly RecordBuffer _record = new();

    /// <inheritdoc/>
    public async ValueTask WriteAsync(TrainingSession session, CancellationToken cancellationToken = default)
    {
        var record = _record.Write(session, newline: true);
        await output.WriteAsync(record, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask FinishAsync(CancellationToken cancellationToken = default) => new(output.FlushAsync(cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _record.DisposeAsync();
}
