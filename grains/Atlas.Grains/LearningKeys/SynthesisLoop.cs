using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Grains.Spending;
using Atlas.Grains.Synthesis;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Synthesis;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.LearningKeys;

/// <summary>Runs one synthesis at a time for a key, in the background: snapshot, model, proposal, commit.</summary>
/// <remarks>The waiting sessions are in the key's state, so nothing is lost if this stops at any point.</remarks>
internal sealed class SynthesisLoop(
    string learningKey,
    GroupCommit commit,
    LearningServices services,
    Func<Func<CancellationToken, Task>, GrainTimerCreationOptions, IGrainTimer> setTimer)
{
    private static readonly TimeSpan PauseWithoutDatabase = TimeSpan.FromSeconds(10);

    /// <summary>How often a waiting loop checks the time again, in case the clock was set.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromSeconds(10);

    /// <summary>How many quiet periods sessions in quick succession can delay earlier ones.</summary>
    private const int MostQuietTimes = 15;

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private IGrainTimer? _retry;
    private DateTimeOffset? _databaseAwayUntil;
    private DateTimeOffset? _deferredUntil;

    /// <summary>Syntheses asked of a language model, but not in the state yet.</summary>
    private int _spent;

    /// <summary>What their answers cost; null for nothing.</summary>
    private TokenUsage? _cost;

    /// <summary>Starts a synthesis if sessions are waiting and none is running.</summary>
    public void Continue()
    {
        if (_running.IsCompleted && !_stopping.IsCancellationRequested && HasWork(commit.Committed) && !WaitsForRetry())
        {
            _running = RunAsync(_stopping.Token);
        }
    }

    /// <summary>Cancels a running synthesis; its sessions keep waiting for the next one.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        _retry?.Dispose();
        await _running.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    private static bool HasWork(LearningKeyState state) => !state.Pending.IsEmpty && state.Frozen is null;

    /// <summary>Returns the earliest time of the next synthesis: after the delay following a failure, with a new budget, or at the end of
    /// an epoch. Null if nothing delays it.</summary>
    public DateTimeOffset? NotBefore()
    {
        var now = services.Time.GetUtcNow();
        var (state, latest) = (commit.Committed, (DateTimeOffset?)null);
        var away = _databaseAwayUntil - now > PauseWithoutDatabase ? null : _databaseAwayUntil;
        foreach (var until in (DateTimeOffset?[])[away, state.LastSynthesis?.WaitsUntil(now), BudgetFreeAt(state, now), PublishingEpoch.EndsAt(state, services.Learning, now)])
        {
            latest = until > now && !(until <= latest) ? until : latest;
        }

        return latest;
    }

    private DateTimeOffset? BudgetFreeAt(LearningKeyState state, DateTimeOffset now) => services.Synthesizer.CallsModel
        ? SynthesisBudget.FreeAgainAt(state.Budget, services.Learning.SynthesesPerHour, now)
        : null;

    private bool WaitsForRetry()
    {
        var now = services.Time.GetUtcNow();
        if (NotBefore() is not { } until)
        {
            return false;
        }

        if (BudgetFreeAt(commit.Committed, now) is { } free && free != _deferredUntil)
        {
            _deferredUntil = free;
            AtlasTelemetry.SynthesesDeferred.Add(1);
            services.Log.SynthesisDeferred(learningKey, commit.Committed.Waiting, services.Learning.SynthesesPerHour, free);
        }

        _retry?.Dispose();
        _retry = setTimer(
            _ =>
            {
                Continue();
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(Shorter(until - now, LongestTimer), Timeout.InfiniteTimeSpan) { Interleave = true });
        return true;
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        // Let the caller continue first: a synthesis never makes anybody wait.
        await Task.Yield();
        var mayRerun = true;
        while (!stopping.IsCancellationRequested && HasWork(commit.Committed) && !WaitsForRetry())
        {
            // An outdated answer is asked for again immediately.
            if (mayRerun)
            {
                await GatherAsync(stopping);
            }

            if (HasWork(commit.Committed))
            {
                mayRerun = await SynthesizeAsync(commit.Committed, mayRerun, stopping);
            }
        }
    }

    /// <summary>Waits until no more sessions arrive, within bounds, so that a burst costs one synthesis.</summary>
    private async Task GatherAsync(CancellationToken stopping)
    {
        var quiet = TimeSpan.FromSeconds(services.Learning.SynthesisQuietSeconds);
        var seen = 0L;
        for (var times = 0; quiet > TimeSpan.Zero && times < MostQuietTimes && commit.Committed.Waiting != seen; times++)
        {
            seen = commit.Committed.Waiting;
            await Task.Delay(quiet, services.Time, stopping);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task<bool> SynthesizeAsync(LearningKeyState snapshot, bool mayRerun, CancellationToken stopping)
    {
        var sessionIds = snapshot.Pending;
        using var activity = AtlasTelemetry.Source.StartActivity("synthesis");
        activity?.SetTag("atlas.learning_key", learningKey).SetTag("atlas.sessions", sessionIds.Length);
        var began = services.Time.GetTimestamp();
        _spent += services.Synthesizer.CallsModel ? 1 : 0;
        try
        {
            var answer = await Task.Run(() => AskAsync(snapshot, sessionIds, stopping), stopping);
            _cost = answer.Cost is { } cost ? (_cost ?? TokenUsage.None) + cost : _cost;
            var proposal = answer with { Spent = _spent, Cost = _cost };
            var conclusion = await services.Evidence.HasQuarantinedAsync(proposal, stopping)
                ? new SynthesisConclusion(Done: false)
                : await commit.ExecuteAsync(state => SynthesisDecisions.Conclude(state, proposal, mayRerun));
            var outcome = conclusion.Done ? commit.Committed.LastSynthesis?.Outcome : "outrun";
            AtlasTelemetry.SynthesisEnded(outcome, services.Time.GetElapsedTime(began), answer.Cost);
            if (conclusion.Recorded)
            {
                (_spent, _cost) = (0, null);
            }

            // A session that the synthesizer did not see says nothing about the notes.
            await NoteAsync([.. sessionIds.Intersect(proposal.Evidence)], conclusion);
            return conclusion.Done;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception failure)
        {
            services.Log.SynthesisFailed(failure, learningKey, sessionIds.Length);
            AtlasTelemetry.SynthesisEnded("failed", services.Time.GetElapsedTime(began), cost: null);
            await NoteFailureAsync(failure.Message);
            return true;
        }
    }

    private async Task<SynthesisProposal> AskAsync(
        LearningKeyState snapshot, ImmutableArray<long> sessionIds, CancellationToken stopping)
    {
        var evidence = await services.Evidence.GatherAsync(learningKey, snapshot, sessionIds, stopping);
        return await SynthesizerQuestion.AskAsync(services, services.Synthesizer, snapshot, evidence, stopping);
    }

    /// <summary>Writes the notes to every session they came from: read in order, the sessions show how the notes changed.</summary>
    private async Task NoteAsync(ImmutableArray<long> sessionIds, SynthesisConclusion conclusion)
    {
        if (!services.Learning.SessionNoteEnabled || (conclusion.StudentNote ?? conclusion.TeacherNote) is null)
        {
            return;
        }

        foreach (var sessionId in sessionIds)
        {
            try
            {
                var (student, teacher) = await services.Intake.TakeAsync(sessionId, (redaction, found) => (
                    redaction.Text(conclusion.StudentNote, "student_learning", found), redaction.Text(conclusion.TeacherNote, "teacher_learning", found)));
                await services.Sessions.SaveNotesAsync(sessionId, student, teacher);
            }
            catch (Exception failure)
            {
                // The synthesis has succeeded without it.
                services.Log.NoteNotStored(failure, sessionId, learningKey);
            }
        }
    }

    private async Task NoteFailureAsync(string reason)
    {
        try
        {
            await commit.ExecuteAsync(state =>
                SynthesisDecisions.Fail(
                    state, services.Synthesizer.Name, reason, services.Time.GetUtcNow(), _spent, services.Learning.SynthesesPerHour, _cost));
            (_spent, _cost) = (0, null);
        }
        catch (Exception failure)
        {
            // The database is unavailable too. The sessions are still waiting in it.
            services.Log.FailureNotNoted(failure, learningKey);
            _databaseAwayUntil = services.Time.GetUtcNow() + PauseWithoutDatabase;
        }
    }
}
