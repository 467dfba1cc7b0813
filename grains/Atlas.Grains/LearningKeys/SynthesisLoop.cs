using System.Collections.Immutable;
using Atlas.Grains.Hosting;
using Atlas.Grains.Synthesis;
using Atlas.Learning.Journal;
using Atlas.Models.Synthesis;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.LearningKeys;

/// <summary>Runs one synthesis at a time for a key, beside its turns: snapshot, model, proposal, commit.</summary>
/// <remarks>Which sessions wait is in the key's state, so nothing is lost if this stops at any point.</remarks>
internal sealed class SynthesisLoop(
    string learningKey,
    GroupCommit commit,
    LearningServices services,
    Func<Func<CancellationToken, Task>, GrainTimerCreationOptions, IGrainTimer> setTimer)
{
    private static readonly TimeSpan PauseWithoutDatabase = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private IGrainTimer? _retry;
    private DateTimeOffset? _databaseAwayUntil;

    /// <summary>Starts a synthesis if sessions wait and none is running.</summary>
    public void Continue()
    {
        if (_running.IsCompleted && !_stopping.IsCancellationRequested && HasWork(commit.Committed) && !WaitsForRetry())
        {
            _running = RunAsync(_stopping.Token);
        }
    }

    /// <summary>Gives up what is running; its sessions go on waiting, for whoever comes next.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        _retry?.Dispose();
        await _running.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    private static bool HasWork(LearningKeyState state) => !state.Pending.IsEmpty && state.Frozen is null;

    private bool WaitsForRetry()
    {
        var now = services.Time.GetUtcNow();
        var until = _databaseAwayUntil > now ? _databaseAwayUntil : commit.Committed.LastSynthesis?.RetryAt;
        if (until is null || until <= now)
        {
            return false;
        }

        _retry?.Dispose();
        _retry = setTimer(
            _ =>
            {
                Continue();
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(until.Value - now, Timeout.InfiniteTimeSpan) { Interleave = true });
        return true;
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        // The caller's turn goes on first: a synthesis never makes anybody wait.
        await Task.Yield();
        var mayRerun = true;
        while (!stopping.IsCancellationRequested && HasWork(commit.Committed) && !WaitsForRetry())
        {
            var done = await SynthesizeAsync(commit.Committed, mayRerun, stopping);
            mayRerun = done;
        }
    }

    private async Task<bool> SynthesizeAsync(LearningKeyState snapshot, bool mayRerun, CancellationToken stopping)
    {
        var sessionIds = snapshot.Pending;
        using var activity = AtlasTelemetry.Source.StartActivity("synthesis");
        activity?.SetTag("atlas.learning_key", learningKey).SetTag("atlas.sessions", sessionIds.Length);
        try
        {
            var proposal = await Task.Run(() => AskAsync(snapshot, sessionIds, stopping), stopping);
            var conclusion = await commit.ExecuteAsync(state => SynthesisDecisions.Conclude(state, proposal, mayRerun));
            await NoteAsync(sessionIds[^1], conclusion);
            AtlasTelemetry.Syntheses.Add(1, new KeyValuePair<string, object?>("outcome", commit.Committed.LastSynthesis?.Outcome));
            return conclusion.Done;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception failure)
        {
            services.Log.SynthesisFailed(failure, learningKey, sessionIds.Length);
            AtlasTelemetry.Syntheses.Add(1, new KeyValuePair<string, object?>("outcome", "failed"));
            await NoteFailureAsync(failure.Message);
            return true;
        }
    }

    private async Task<SynthesisProposal> AskAsync(
        LearningKeyState snapshot, ImmutableArray<long> sessionIds, CancellationToken stopping)
    {
        var evidence = await services.Evidence.GatherAsync(learningKey, snapshot, sessionIds, stopping);
        var answer = await services.Synthesizer.SynthesizeAsync(evidence.Request, stopping);
        return new SynthesisProposal
        {
            Synthesizer = services.Synthesizer.Name,
            Snapshot = snapshot,
            SessionIds = sessionIds,
            Evidence = [.. evidence.Request.Sessions.Select(session => session.Id)],
            Answer = answer.Answer,
            Silence = answer.NothingToSay ? answer.Summary : null,
            Context = evidence.JudgedAt(services.Time.GetUtcNow()),
        };
    }

    private async Task NoteAsync(long sessionId, SynthesisConclusion conclusion)
    {
        if (services.Learning.SessionNoteEnabled && (conclusion.StudentNote ?? conclusion.TeacherNote) is not null)
        {
            await services.Sessions.SaveNotesAsync(sessionId, conclusion.StudentNote, conclusion.TeacherNote);
        }
    }

    private async Task NoteFailureAsync(string reason)
    {
        try
        {
            await commit.ExecuteAsync(state =>
                SynthesisDecisions.Fail(state, services.Synthesizer.Name, reason, services.Time.GetUtcNow()));
        }
        catch (Exception failure)
        {
            // The database is away too. The sessions still wait in it.
            services.Log.FailureNotNoted(failure, learningKey);
            _databaseAwayUntil = services.Time.GetUtcNow() + PauseWithoutDatabase;
        }
    }
}
