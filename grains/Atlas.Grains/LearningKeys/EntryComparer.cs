using Atlas.Contracts;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Journal;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.LearningKeys;

/// <summary>Compares the entries of each new version with each other, in the background, and merges those that say the same as soon as nothing
/// on trial holds that back.</summary>
/// <remarks>The key's state records which version was compared and what was found, so nothing is lost if this stops at any point.</remarks>
internal sealed class EntryComparer(string learningKey, GroupCommit commit, LearningServices services)
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <summary>The version last tried, so that a failure is not retried immediately.</summary>
    private int _tried;

    /// <summary>The state in which a merge was last tried.</summary>
    private long _merging;

    /// <summary>Starts a comparison if the newest version was not compared and none is running.</summary>
    public void Continue()
    {
        if (_running.IsCompleted && !_stopping.IsCancellationRequested && HasWork(commit.Committed))
        {
            _running = RunAsync(_stopping.Token);
        }
    }

    /// <summary>Cancels a running comparison.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    private bool HasWork(LearningKeyState state) => HasComparison(state) || HasMerge(state);

    private bool HasComparison(LearningKeyState state) =>
        services.Meanings.IsOn && state.ComparedVersion != state.Version && state.Version != _tried && EntryPair.Texts(state.Playbook).Count > 0;

    private bool HasMerge(LearningKeyState state) =>
        services.Meanings.IsOn && state.Revision != _merging && MeaningDecisions.HasMergeDue(state, services.Learning);

    private async Task RunAsync(CancellationToken stopping)
    {
        // Let the caller continue first.
        await Task.Yield();
        while (!stopping.IsCancellationRequested && HasWork(commit.Committed))
        {
            var snapshot = commit.Committed;
            try
            {
                if (!HasComparison(snapshot))
                {
                    _merging = snapshot.Revision;
                    await commit.ExecuteAsync(state => MeaningDecisions.MergeDue(state, services.Learning, services.Time.GetUtcNow()));
                    continue;
                }

                _tried = snapshot.Version;
                var (pairs, model) = await Task.Run(async () =>
                {
                    var vectors = await services.Meanings.OfAsync(EntryPair.Texts(snapshot.Playbook), stopping).ConfigureAwait(false);
                    return (EntryPair.Of(snapshot.Playbook, vectors), vectors.By);
                }, stopping);
                await commit.ExecuteAsync(state => MeaningDecisions.Compared(state, snapshot.Version, pairs, model, services.Learning, services.Time.GetUtcNow()));
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                services.Log.EntriesNotCompared(failure, learningKey, snapshot.Version);
            }
        }
    }
}
