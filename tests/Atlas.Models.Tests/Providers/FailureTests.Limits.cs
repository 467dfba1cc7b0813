using System.Globalization;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Atlas.Testing.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Xunit;
using static Atlas.Models.Tests.Providers.Clients;

namespace Atlas.Models.Tests.Providers;

public sealed partial class FailureTests
{
    [Theory]
    [InlineData("3", 3)]
    [InlineData("Wed, 04 Mar 2026 09:15:20 GMT", 20)]
    public async Task A_wait_that_the_provider_asks_for_is_kept(string asked, double seconds)
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Error(429, "slow down", ("Retry-After", asked)), Answers.OpenAI("noon"));
        var clock = new TestClock(LongWaits);
        await using var factory = Factory(clock);
        using var client = factory.Create(OpenAIAt(server, attempts: 2));

        Assert.Equal("noon", (await client.GetResponseAsync(Question, cancellationToken: Ct)).Text);
        Assert.Equal(seconds, Assert.Single(clock.Waits).TotalSeconds);
    }

    [Fact]
    public async Task A_wait_in_milliseconds_is_kept()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Error(429, "slow down", ("retry-after-ms", "1500")), Answers.OpenAI("noon"));
        var clock = new TestClock(LongWaits);
        await using var factory = Factory(clock);
        using var client = factory.Create(OpenAIAt(server, attempts: 2));

        await client.GetResponseAsync(Question, cancellationToken: Ct);

        Assert.Equal(1500, Assert.Single(clock.Waits).TotalMilliseconds);
    }

    [Fact]
    public async Task A_wait_that_is_too_long_fails_the_call_at_once()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Error(429, "come back tomorrow", ("Retry-After", "86400")));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server, attempts: 5));

        var failure = await AssertFailsAsync(client, ModelFailure.RateLimited);

        Assert.Contains("come back tomorrow", failure.Message, StringComparison.Ordinal);
        Assert.Equal(429, failure.StatusCode);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Waits_grow_by_the_configured_step_with_jitter()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Error(500, "oops"));
        var clock = new TestClock(LongWaits);
        await using var factory = Factory(clock);
        using var client = factory.Create(OpenAIAt(server) with { Retry = new() { Attempts = 4, BackoffSeconds = 2 } });

        await AssertFailsAsync(client, ModelFailure.ServerError);

        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(3, clock.Waits.Count);
        Assert.All(clock.Waits.Zip([2d, 4, 6]), pair => Assert.InRange(pair.First.TotalSeconds, pair.Second * 0.5, pair.Second * 1.5));
        Assert.Single(server.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task After_many_failures_no_calls_are_made_until_the_pause_is_over()
    {
        var healthy = false;
        await using var server = await ScriptedServer.StartAsync(context =>
            (Volatile.Read(ref healthy) ? Answers.OpenAI("noon") : Answers.Error(503, "away"))(context));
        var clock = new TestClock(LongWaits);
        await using var factory = Factory(clock, new ProviderLimits { CircuitCalls = 4, CircuitPauseSeconds = 15 });
        using var one = factory.Create(OpenAIAt(server));
        using var other = factory.Create(OpenAIAt(server) with { Model = "gpt-other" });
        for (var i = 0; i < 4; i++)
        {
            await AssertFailsAsync(one, ModelFailure.ServerError);
        }

        await AssertFailsAsync(one, ModelFailure.CircuitOpen);
        await AssertFailsAsync(other, ModelFailure.CircuitOpen);
        Assert.Equal(4, server.Requests.Count);

        Volatile.Write(ref healthy, true);
        clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal("noon", (await other.GetResponseAsync(Question, cancellationToken: Ct)).Text);
        Assert.Equal("noon", (await one.GetResponseAsync(Question, cancellationToken: Ct)).Text);
    }

    [Fact]
    public async Task No_more_calls_are_under_way_than_allowed_and_too_many_waiting_ones_are_refused()
    {
        var arrived = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            arrived.TrySetResult();
            await go.Task;
            await Answers.OpenAI("noon")(context);
        });
        await using var factory = Factory(limits: new ProviderLimits { MaxConcurrentCalls = 1, MaxWaitingCalls = 1 });
        using var client = factory.Create(OpenAIAt(server));

        var first = client.GetResponseAsync(Question, cancellationToken: Ct);
        await arrived.Task;
        var second = client.GetResponseAsync(Question, cancellationToken: Ct);
        await AssertFailsAsync(client, ModelFailure.RateLimited);
        Assert.Single(server.Requests);

        go.SetResult();
        Assert.Equal(["noon", "noon"], (await Task.WhenAll(first, second)).Select(response => response.Text));
    }

    [Fact]
    public async Task Calls_per_minute_are_kept()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.OpenAI("noon"));
        await using var factory = Factory(limits: new ProviderLimits { CallsPerMinute = 1, MaxWaitingCalls = 0 });
        using var client = factory.Create(OpenAIAt(server));

        await client.GetResponseAsync(Question, cancellationToken: Ct);
        await AssertFailsAsync(client, ModelFailure.RateLimited);
        Assert.Single(server.Requests);
    }
}
