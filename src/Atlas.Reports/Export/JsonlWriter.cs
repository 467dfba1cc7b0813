using Atlas.Learning.Training;

namespace Atlas.Reports.Export;

/// <summary>Writes one JSON object per line in UTF-8, without escaping letters outside ASCII.</summary>
/// <param name="output">The stream to write to; left open.</param>
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
