using Atlas.Client.Calls;
using Atlas.Contracts;
using Orleans.Runtime;
using Xunit;

namespace Atlas.Client.Tests.Calls;

public sealed class CallRetryTests
{
    private readonly CallRetry _calls = new(TimeSpan.FromSeconds(20), TimeProvider.System);
    private int _tries;

    [Fact]
    public async Task A_call_that_may_be_repeated_is_made_again_until_a_silo_answers()
    {
        Assert.Equal("answer", await _calls.RepeatableAsync(() => AnswerAfter(
            new SiloUnavailableException("gone"), new TimeoutException(), new AtlasUnavailableException("elsewhere"))));
        Assert.Equal(4, _tries);
    }

    [Fact]
    public async Task A_refusal_is_an_answer()
    {
        await Assert.ThrowsAsync<AtlasRefusedException>(() => _calls.RepeatableAsync(() => AnswerAfter(new AtlasRefusedException("frozen"))));
        Assert.Equal(1, _tries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_that_may_have_been_made_is_not_made_again(bool timedOut)
    {
        Exception failure = timedOut ? new TimeoutException() : new SiloUnavailableException("died with the call in its hands");

        var told = await Assert.ThrowsAsync<AtlasUnavailableException>(() => _calls.ChangeAsync(() => AnswerAfter(failure)));

        Assert.Same(failure, told.InnerException);
        Assert.Equal(1, _tries);
    }

    [Fact]
    public async Task A_change_that_never_reached_a_silo_is_made_again()
    {
        Assert.Equal("answer", await _calls.ChangeAsync(() => AnswerAfter(new GatewayTooBusyException())));
        Assert.Equal(2, _tries);
    }

    /// <summary>So a silo answers that has found no place for a call in time.</summary>
    [Fact]
    public async Task A_call_that_the_cluster_gave_up_is_made_again()
    {
        Assert.Equal("answer", await _calls.RepeatableAsync(() => AnswerAfter(
            new OperationCanceledException("Message expired before placement could complete"), new TaskCanceledException())));
        Assert.Equal(3, _tries);
    }

    [Fact]
    public async Task A_change_that_the_cluster_gave_up_is_told_as_unanswered()
    {
        await Assert.ThrowsAsync<AtlasUnavailableException>(() => _calls.ChangeAsync(() => AnswerAfter(new OperationCanceledException())));
        Assert.Equal(1, _tries);
    }

    [Fact]
    public async Task Without_patience_nothing_is_made_again()
    {
        var calls = new CallRetry(TimeSpan.Zero, TimeProvider.System);

        await Assert.ThrowsAsync<AtlasUnavailableException>(() => calls.RepeatableAsync(() => AnswerAfter(new TimeoutException())));
        Assert.Equal(1, _tries);
    }

    [Fact]
    public async Task The_caller_can_stop_waiting_between_two_tries()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _calls.RepeatableAsync<string>(
            () =>
            {
                stop.Cancel();
                throw new TimeoutException();
            },
            stop.Token));
    }

    private Task<string> AnswerAfter(params Exception[] failures)
    {
        var failure = failures.ElementAtOrDefault(_tries++);
        return failure is null ? Task.FromResult("answer") : Task.FromException<string>(failure);
    }
}
