using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Atlas.Contracts;
using Atlas.Grains.Playbooks;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Journal;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Atlas.Grains.LearningKeys;

/// <summary>Writes a key's state once for all commands that came while the write before was running.</summary>
/// <remarks>
/// Lives inside one activation and is only touched on its scheduler. <see cref="Committed"/> is what reads see; commands are
/// decided on a tentative state ahead of it and acknowledged when that has been written. If a write fails, everything decided
/// since is dropped, its callers are told, and the state is read again before the next command, because nobody knows whether
/// the write arrived. Between being stored and being seen lies <c>beforeSeen</c>: what must be done before anybody may see the
/// new state, or its commands are acknowledged.
/// </remarks>
internal sealed class GroupCommit(
    string learningKey, IPersistentState<LearningKeyRecord> storage, PlaybookArchive archive, ILogger log,
    Func<LearningKeyState, Task> beforeSeen, Action<LearningKeyState> onCommitted, Action onOutrun, Func<bool> isOutrun)
{
    private readonly List<LearningKeyEvent> _outbox = [];
    private LearningKeyState _tentative = LearningKeyState.Empty;
    private Task _writing = Task.CompletedTask;
    private Task? _queued;
    private Task? _reading;
    private bool _uncertain;

    /// <summary>The state as it stands in the database.</summary>
    public LearningKeyState Committed { get; private set; } = LearningKeyState.Empty;

    /// <summary>The state that the next command is decided on.</summary>
    public LearningKeyState Tentative => _tentative;

    /// <summary>Takes over what was read from the database.</summary>
    /// <exception cref="AtlasRefusedException">It is the state of another key.</exception>
    /// <exception cref="AtlasUnavailableException">The archive cannot be read.</exception>
    public async Task LoadAsync() => Take(await RestoreAsync());

    /// <summary>Returns when the tentative state is known to rest on what the database holds.</summary>
    public Task ReadyAsync() => _uncertain ? MakeCertainAsync() : Task.CompletedTask;

    /// <summary>Decides a command and returns its result once everything it rests on is stored.</summary>
    /// <param name="decide">The command.</param>
    /// <param name="decided">Is told the state right after the command, which is not stored yet.</param>
    /// <exception cref="AtlasUnavailableException">It could not be stored.</exception>
    public async Task<T> ExecuteAsync<T>(Func<LearningKeyState, Decision<T>> decide, Action<LearningKeyState>? decided = null)
    {
        while (_uncertain)
        {
            await ReadyAsync();
        }

        if (isOutrun())
        {
            // What would be decided here was never true in the database that there is now.
            throw new AtlasUnavailableException("What this silo knew of the learning key counts no more; send the request again.");
        }

        var decision = decide(_tentative);
        if (!decision.Events.IsEmpty)
        {
            Accept(decision.Events);
        }

        decided?.Invoke(_tentative);

        // Even a command that changes nothing may have been decided on events that are not stored yet.
        if (!ReferenceEquals(_tentative, Committed))
        {
            await (_queued ??= WriteAfterAsync(_writing));
        }

        return decision.Result;
    }

    /// <summary>Changes what the database holds of the key while no command is decided, and takes it over as it stands then.</summary>
    /// <param name="rewrite">Is given the state as it is stored, and the version of its row.</param>
    public async Task<T> RewriteAsync<T>(Func<LearningKeyState, int, Task<T>> rewrite)
    {
        // What was decided before is stored first.
        while (_uncertain || !ReferenceEquals(_tentative, Committed))
        {
            await ReadyAsync();
            await (_queued ?? _writing).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        T result = default!;
        ExceptionDispatchInfo? failed = null;
        _uncertain = true;
        _reading = RunAsync();
        await MakeCertainAsync();
        failed?.Throw();
        return result;

        async Task RunAsync()
        {
            try
            {
                result = await rewrite(Committed, int.Parse(storage.Etag!, CultureInfo.InvariantCulture));
            }
            catch (Exception failure)
            {
                // Told to whoever asked for it, and to nobody else; whether it arrived is seen by reading.
                failed = ExceptionDispatchInfo.Capture(failure);
            }

            await ReadAgainAsync();
        }
    }

    private void Accept(ImmutableArray<LearningKeyEvent> events)
    {
        // All of a command or nothing: where one event cannot be folded in, only its own caller is told.
        var (state, numbered) = (_tentative, new List<LearningKeyEvent>(events.Length));
        foreach (var happened in events)
        {
            numbered.Add(happened with { Sequence = state.Revision + 1 });
            state = LearningKeyFold.Apply(state, numbered[^1]);
        }

        _tentative = state;
        _outbox.AddRange(numbered);
    }

    private async Task WriteAfterAsync(Task previous)
    {
        // Requests that are waiting at the door get in before the write is made up.
        await Task.Yield();
        await previous.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (previous.IsFaulted)
        {
            // What was decided on a state that never came to be falls with it.
            throw new AtlasUnavailableException(NotStored);
        }

        _writing = _queued!;
        _queued = null;
        if (ReferenceEquals(_tentative, Committed))
        {
            return;
        }

        var target = _tentative;
        storage.State = LearningKeyRecord.Of(target, [.. _outbox]);
        _outbox.Clear();
        try
        {
            await storage.WriteStateAsync();
        }
        catch (InconsistentStateException outrun)
        {
            Drop();
            onOutrun();
            log.WriteOutrun(outrun, learningKey);
            throw new AtlasUnavailableException("Another silo owns this learning key now; send the request again.");
        }
        catch (Exception failure) when ((failure as AtlasUnavailableException ?? failure.InnerException as AtlasUnavailableException) is { } held)
        {
            // The silo's guard held it back, and says why better than anybody here.
            Drop();
            throw new AtlasUnavailableException(held.Message);
        }
        catch (Exception failure)
        {
            Drop();
            log.WriteFailed(failure, learningKey);
            throw new AtlasUnavailableException(NotStored);
        }

        try
        {
            await beforeSeen(target);
        }
        catch (AtlasUnavailableException)
        {
            // Stored, but this silo may not say so: another one may speak for the key by now.
            Drop();
            onOutrun();
            throw;
        }

        Committed = target;
        onCommitted(target);
    }

    private const string NotStored =
        "The database did not take the change, so nothing was changed. Check the database, then send the request again.";

    private void Drop()
    {
        _tentative = Committed;
        _outbox.Clear();
        _queued = null;
        _writing = Task.CompletedTask;
        _uncertain = true;
    }

    private async Task MakeCertainAsync()
    {
        try
        {
            await (_reading ??= ReadAgainAsync());
        }
        finally
        {
            _reading = null;
        }
    }

    private async Task ReadAgainAsync()
    {
        try
        {
            await storage.ReadStateAsync();
        }
        catch (Exception failure)
        {
            log.ReadFailed(failure, learningKey);
            throw new AtlasUnavailableException("The database cannot be reached, so nothing was changed. Send the request again.");
        }

        // The write that failed may have arrived after all, and then there is something new to be seen.
        var state = await RestoreAsync();
        await beforeSeen(state);
        _uncertain = false;
        Take(state);
    }

    private async Task<LearningKeyState> RestoreAsync()
    {
        if (storage.State.State.LearningKey is { Length: > 0 } owner && owner != learningKey)
        {
            throw new AtlasRefusedException(
                $"The row of the learning key '{learningKey}' in orleans.grain_state holds the state of '{owner}'. Put the row right, then send the request again.");
        }

        var state = await storage.State.RestoreAsync(version => archive.DemandAsync(learningKey, version));
        return state with { LearningKey = learningKey };
    }

    private void Take(LearningKeyState state)
    {
        _tentative = Committed = state;
        onCommitted(state);
    }
}
