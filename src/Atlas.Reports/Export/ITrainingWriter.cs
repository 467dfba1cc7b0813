using Atlas.Learning.Training;

namespace Atlas.Reports.Export;

/// <summary>Writes sessions into a file for training one by one, without keeping them.</summary>
public interface ITrainingWriter : IAsyncDisposable
{
    /// <summary>Adds a session.</summary>
    ValueTask WriteAsync(TrainingSession session, CancellationToken cancellationToken = default);

    /// <summary>Writes the remaining data; nothing can be added afterwards. The stream stays open.</summary>
    ValueTask FinishAsync(CancellationToken cancellationToken = default);
}
