using System.Collections.Immutable;
using Atlas.Grains.Spending;
using Atlas.Grains.Synthesis;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Journal;
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

    /// <summary>Waiting, it looks again this often: the clock may have been set.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromSeconds(10);

    /// <summary>Sessions that come one after the other keep those before them waiting so many quiet times, not longer.</summary>
    private const int MostQuietTimes = 15;

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private IGrainTimer? _retry;
    private DateTimeOffset? _databaseAwayUntil;
    private DateTimeOffset? _deferredUntil;

    /// <summary>Asked of a language model, but not in the state yet.</summary>
    private int _spent;

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

    /// <summary>Not before then will there be a synthesis: a pause after a failure, or a budget that is used up. Null if nothing
    /// holds it back.</summary>
    public DateTimeOffset? NotBefore()
    {
        var now = services.Time.GetUtcNow();
        var (state, latest) = (commit.Committed, (DateTimeOffset?)null);
        foreach (var until in (DateTimeOffset?[])[_databaseAwayUntil, state.LastSynthesis?.RetryAt, BudgetFreeAt(state, now)])
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
            services.Log.SynthesisDeferred(learningKey, commit.Committed.Pending.Length, services.Learning.SynthesesPerHour, free);
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
        // The caller's turn goes on first: a synthesis never makes anybody wait.
        await Task.Yield();
        var mayRerun = true;
        while (!stopping.IsCancellationRequested && HasWork(commit.Committed) && !WaitsForRetry())
        {
            // An answer that the key has outrun is asked for again at once.
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

    /// <summary>Waits until no more sessions come, within bounds, so that a burst of them costs one synthesis.</summary>
    private async Task GatherAsync(CancellationToken stopping)
    {
        var quiet = TimeSpan.FromSeconds(services.Learning.SynthesisQuietSeconds);
        var seen = 0;
        for (var times = 0; quiet > TimeSpan.Zero && times < MostQuietTimes && commit.Committed.Pending.Length != seen; times++)
        {
            seen = commit.Committed.Pending.Length;
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
            var proposal = await Task.Run(() => AskAsync(snapshot, sessionIds, stopping), stopping);
            var conclusion = await commit.ExecuteAsync(state => SynthesisDecisions.Conclude(state, proposal, mayRerun));
            var outcome = conclusion.Done ? commit.Committed.LastSynthesis?.Outcome : "outrun";
            AtlasTelemetry.SynthesisEnded(outcome, services.Time.GetElapsedTime(began), proposal.Cost);
            if (conclusion.Done)
            {
                _spent = 0;
            }

            await NoteAsync(sessionIds, conclusion);
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
        if (services.Synthesizer.CallsModel)
        {
            // Whose session came last has led to it.
            ModelSpending.Charge(await services.Spending.BillAsync(sessionIds[^1], stopping));
        }

        var answer = await services.Synthesizer.SynthesizeAsync(evidence.Request, stopping);
        return new SynthesisProposal
        {
            Synthesizer = services.Synthesizer.Name,
            Snapshot = snapshot,
            SessionIds = sessionIds,
            Evidence = [.. evidence.Request.Sessions.Select(session => session.Id)],
            Answer = answer.Answer,
            Silence = answer.NothingToSay ? answer.Summary : null,
            Cost = answer.Usage.Calls == 0 ? null : answer.Usage,
            Spent = _spent,
            Audit = SynthesisAudit.Of(answer.Audit),
            Support = evidence.Support(services.Synthesizer.CallsModel ? services.Learning.Quorum : 1),
            Context = evidence.JudgedAt(services.Time.GetUtcNow(), snapshot),
        };
    }

    /// <summary>Writes the notes to every session they came from: read in their order, the sessions tell how the notes changed.</summary>
    private async Task NoteAsync(ImmutableArray<long> sessionIds, SynthesisConclusion conclusion)
    {
        if (!services.Learning.SessionNoteEnabled || (conclusion.StudentNote ?? conclusion.TeacherNote) is null)
        {
            return;
        }

        foreach (var sessionId in sessionIds)
        {
            var (student, teacher) = await services.Intake.TakeAsync(sessionId, (redaction, found) => (
                redaction.Text(conclusion.StudentNote, "student_learning", found), redaction.Text(conclusion.TeacherNote, "teacher_learning", found)));
            await services.Sessions.SaveNotesAsync(sessionId, student, teacher);
        }
    }

    private async Task NoteFailureAsync(string reason)
    {
        try
        {
            await commit.ExecuteAsync(state =>
                SynthesisDecisions.Fail(
                    state, services.Synthesizer.Name, reason, services.Time.GetUtcNow(), _spent, services.Learning.SynthesesPerHour));
            _spent = 0;
        }
        catch (Exception failure)
        {
            // The database is away too. The sessions still wait in it.
            services.Log.FailureNotNoted(failure, learningKey);
            _databaseAwayUntil = services.Time.GetUtcNow() + PauseWithoutDatabase;
        }
    }
}
