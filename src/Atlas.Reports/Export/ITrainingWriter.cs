using Atlas.Learning.Training;

namespace Atlas.Reports.Export;

/// <summary>Writes sessions into a file for training, one after the other, and keeps none of them.</summary>
public interface ITrainingWriter : IAsyncDisposable
{
    /// <summary>Adds a session.</summary>
    ValueTask WriteAsync(TrainingSession session, CancellationToken cancellationToken = default);

    /// <summary>Writes what is left; nothing may be added after it. The stream stays open.</summary>
    ValueTask FinishAsync(CancellationToken cancellationToken = default);
}
