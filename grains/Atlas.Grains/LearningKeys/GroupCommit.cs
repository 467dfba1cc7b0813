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

/// <summary>Writes a key's state once for all commands that arrived during the previous write.</summary>
/// <remarks>
/// Lives inside one activation and is only used on its scheduler. Reads see <see cref="Committed"/>; commands are decided on a tentative
/// state ahead of it and acknowledged when that has been written. If a write fails, everything decided since is dropped, its callers are
/// told, and the state is read again before the next command, because the write may or may not have arrived. <c>beforeSeen</c> runs after
/// the state is stored, and before anybody sees it or its commands are acknowledged.
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

    /// <summary>The state as it is in the database.</summary>
    public LearningKeyState Committed { get; private set; } = LearningKeyState.Empty;

    /// <summary>The state that the next command is decided on.</summary>
    public LearningKeyState Tentative => _tentative;

    /// <summary>Loads the state from the database.</summary>
    /// <exception cref="AtlasRefusedException">It is the state of another key.</exception>
    /// <exception cref="AtlasUnavailableException">The archive cannot be read.</exception>
    public async Task LoadAsync() => Take(await RestoreAsync());

    /// <summary>Completes when the tentative state is known to be based on what the database contains.</summary>
    public Task ReadyAsync() => _uncertain ? MakeCertainAsync() : Task.CompletedTask;

    /// <summary>Reads something that forgetting changes, such as a version in the archive, and decides a command on it. If sessions were
    /// forgotten in between, it is read again.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="decide">The command.</param>
    /// <param name="decided">Called with the state right after the command, which is not stored yet.</param>
    /// <exception cref="AtlasUnavailableException">The command could not be stored.</exception>
    public async Task<T> ExecuteAsync<TRead, T>(
        Func<Task<TRead>> read, Func<LearningKeyState, TRead, Decision<T>> decide, Action<LearningKeyState>? decided = null)
    {
        while (true)
        {
            var forgotten = Committed.Forgetting?.Sequence;
            var found = await read();
            var isCurrent = true;
            var result = await ExecuteAsync(
                state => (isCurrent = state.Forgetting?.Sequence == forgotten) ? decide(state, found) : new Decision<T>([], default!),
                state => (isCurrent ? decided : null)?.Invoke(state));
            if (isCurrent)
            {
                return result;
            }
        }
    }

    /// <summary>Decides a command and returns its result once everything it is based on is stored.</summary>
    /// <param name="decide">The command.</param>
    /// <param name="decided">Called with the state right after the command, which is not stored yet.</param>
    /// <exception cref="AtlasUnavailableException">It could not be stored.</exception>
    public async Task<T> ExecuteAsync<T>(Func<LearningKeyState, Decision<T>> decide, Action<LearningKeyState>? decided = null)
    {
        while (_uncertain)
        {
            await ReadyAsync();
        }

        if (isOutrun())
        {
            // A decision here would be based on a state that the present database never had.
            throw new AtlasUnavailableException("This silo's copy of the learning key is out of date. Send the request again.");
        }

        var decision = decide(_tentative);
        if (!decision.Events.IsEmpty)
        {
            Accept(decision.Events);
        }

        decided?.Invoke(_tentative);

        // Even a command that changes nothing can have been decided on events that are not stored yet.
        if (!ReferenceEquals(_tentative, Committed))
        {
            await (_queued ??= WriteAfterAsync(_writing));
        }

        return decision.Result;
    }

    /// <summary>Changes the stored state of the key while no command is decided, and loads the result.</summary>
    /// <param name="rewrite">Called with the stored state, and the version of its row.</param>
    public async Task<T> RewriteAsync<T>(Func<LearningKeyState, int, Task<T>> rewrite)
    {
        // Store earlier decisions first.
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
                // Only the caller is told; whether the write arrived is found out by reading.
                failed = ExceptionDispatchInfo.Capture(failure);
            }

            await ReadAgainAsync();
        }
    }

    private void Accept(ImmutableArray<LearningKeyEvent> events)
    {
        // Apply a command completely or not at all: if one of its events cannot be applied, only its own caller is told.
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
        // Let waiting requests in before the write is prepared.
        await Task.Yield();
        await previous.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (previous.IsFaulted)
        {
            // What was decided on a state that was never stored fails with it.
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
            throw new AtlasUnavailableException("Another silo owns this learning key now. Send the request again.");
        }
        catch (Exception failure) when ((failure as AtlasUnavailableException ?? failure.InnerException as AtlasUnavailableException) is { } held)
        {
            // The silo's guard refused the write, and its message is the best explanation.
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
        catch (Exception)
        {
            // It is stored, but this silo must not acknowledge it: another one may own the key by now.
            Drop();
            onOutrun();
            throw;
        }

        Committed = target;
        onCommitted(target);
    }

    private const string NotStored =
        "The database rejected the change, so nothing was changed. Check the database, then send the request again.";

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
        var mine = _reading ??= ReadAgainAsync();
        try
        {
            await mine;
        }
        finally
        {
            // Another waiter that continued first may have started the next read already.
            if (ReferenceEquals(_reading, mine))
            {
                _reading = null;
            }
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

        // The failed write may have arrived after all, and then there is a new state to publish.
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
                $"The row of the learning key '{learningKey}' in orleans.grain_state holds the state of '{owner}'. Repair the row, then send the request again.");
        }

        var state = await storage.State.RestoreAsync(version => archive.DemandAsync(learningKey, version));
        return state with { LearningKey = learningKey };
    }

    private void Take(LearningKeyState state)
    {
        if (_outbox.Count > 0)
        {
            // Their callers would be told that they are stored.
            throw new InvalidOperationException($"The state of the learning key '{learningKey}' was read while decisions on it were not written yet.");
        }

        _tentative = Committed = state;
        onCommitted(state);
    }
}
