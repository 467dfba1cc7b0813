using Atlas.Contracts;
using Atlas.Grains.LearningKeys;
using Atlas.Learning.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Atlas.Grains.Tests.LearningKeys;

/// <summary>What a key acknowledges is stored, however its reads and writes fail and overlap.</summary>
public sealed class GroupCommitTests
{
    private const string Key = "support/refunds";

    private static readonly Signature By = new("ann", DateTimeOffset.UnixEpoch);

    private readonly ScriptedStorage _storage = new();

    // As in an activation: one thing at a time.
    private readonly TaskScheduler _turns = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

    [Fact]
    public Task A_command_that_is_decided_after_a_failed_read_is_stored_before_it_is_acknowledged() => InTurnsAsync(async commit =>
    {
        await FailWriteAsync(commit);
        TaskCompletionSource[] reads = [new(), new(), new()];
        _storage.OnRead = () => reads[_storage.Reads - 1].Task;

        // The first waiter asks again as soon as the read fails, as the synthesis does; the second just gives up.
        var (first, second) = (RetryAsync(), commit.ReadyAsync());
        reads[0].SetException(new InvalidOperationException("The database is away."));
        await Assert.ThrowsAsync<AtlasUnavailableException>(() => second);
        var third = commit.ReadyAsync();
        var begun = _storage.Reads;

        // Whatever was begun ends, in that order.
        reads[1].SetResult();
        reads[2].SetResult();
        Assert.True(await first);
        await third;

        Assert.Equal(2, begun);
        Assert.NotNull(_storage.Stored.State.Frozen);
        Assert.IsType<KeyFrozen>(Assert.Single(_storage.Stored.Outbox));

        async Task<bool> RetryAsync()
        {
            await Assert.ThrowsAsync<AtlasUnavailableException>(() => FreezeAsync(commit));
            return await FreezeAsync(commit);
        }
    });

    [Fact]
    public Task A_rewrite_that_waited_for_a_read_keeps_commands_away_until_it_is_done() => InTurnsAsync(async commit =>
    {
        await FailWriteAsync(commit);
        TaskCompletionSource read = new(), rewritten = new();
        _storage.OnRead = () => _storage.Reads == 1 ? read.Task : Task.CompletedTask;
        var rewrite = commit.RewriteAsync(async (_, _) =>
        {
            await rewritten.Task;
            return true;
        });
        var waiting = commit.ReadyAsync();

        read.SetResult();
        await waiting;
        var frozen = FreezeAsync(commit);
        var begun = _storage.Reads;
        rewritten.SetResult();

        Assert.True(await rewrite);
        Assert.True(await frozen);
        Assert.Equal(1, begun);
        Assert.NotNull(_storage.Stored.State.Frozen);
    });

    [Fact]
    public Task What_a_command_read_before_sessions_were_forgotten_is_read_again() => InTurnsAsync(async commit =>
    {
        TaskCompletionSource<string> before = new();
        var reads = 0;
        var decided = new List<string>();
        var change = commit.ExecuteAsync(
            () => reads++ == 0 ? before.Task : Task.FromResult("what is left"),
            (state, read) =>
            {
                decided.Add(read);
                return LearningKeyDecisions.Freeze(state, By);
            });

        await commit.RewriteAsync((state, _) =>
        {
            _storage.Stored = LearningKeyRecord.Of(state with { Forgetting = new KeyForgetting(1, SessionIdSet.Empty.Add(7)) }, []);
            return Task.FromResult(true);
        });
        before.SetResult("what is to be forgotten");

        Assert.True(await change);
        Assert.Equal(["what is left"], decided);
        Assert.NotNull(_storage.Stored.State.Frozen);
    });

    [Fact]
    public Task A_command_that_could_not_be_withdrawn_from_readers_does_not_block_the_next() => InTurnsAsync(
        async commit =>
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => FreezeAsync(commit));

            Assert.True(await commit.ExecuteAsync(state => LearningKeyDecisions.Unfreeze(state, By)));
            Assert.Null(_storage.Stored.State.Frozen);
        },
        beforeSeen: new Queue<Func<Task>>([() => throw new InvalidOperationException("A fault.")]));

    private static Task<bool> FreezeAsync(GroupCommit commit) => commit.ExecuteAsync(state => LearningKeyDecisions.Freeze(state, By));

    private async Task FailWriteAsync(GroupCommit commit)
    {
        _storage.OnWrite = () => throw new InvalidOperationException("The database is away.");
        await Assert.ThrowsAsync<AtlasUnavailableException>(() => FreezeAsync(commit));
        _storage.OnWrite = () => Task.CompletedTask;
    }

    private Task InTurnsAsync(Func<GroupCommit, Task> test, Queue<Func<Task>>? beforeSeen = null)
    {
        var commit = new GroupCommit(
            Key, _storage, archive: null!, NullLogger.Instance,
            _ => beforeSeen is { Count: > 0 } ? beforeSeen.Dequeue()() : Task.CompletedTask, _ => { }, () => { }, () => false);
        return Task.Factory.StartNew(() => test(commit), CancellationToken.None, TaskCreationOptions.None, _turns).Unwrap();
    }
}
