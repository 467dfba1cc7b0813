using System.Globalization;
using Atlas.Models.Providers;
using Atlas.Testing.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Xunit;
using static Atlas.Models.Tests.Providers.Clients;

namespace Atlas.Models.Tests.Providers;

/// <summary>What is made of a provider in trouble.</summary>
public sealed partial class FailureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_cut_within_the_answer_is_tried_again()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Cut("{\"id\":\"chatcmpl"), Answers.OpenAI("noon"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server, attempts: 2));

        Assert.Equal("noon", (await client.GetResponseAsync(Question, cancellationToken: Ct)).Text);
    }

    [Fact]
    public async Task A_connection_cut_every_time_is_said()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Cut("{\"id\":\"chatcmpl"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server, attempts: 2));

        await AssertFailsAsync(client, ModelFailure.Unreachable);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_stream_cut_in_the_middle_fails_after_what_came()
    {
        var seen = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(Answers.Stream(["no"], async context =>
        {
            await seen.Task;
            context.Abort();
        }));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server, attempts: 3));

        await using var updates = client.GetStreamingResponseAsync(Question, cancellationToken: Ct).GetAsyncEnumerator(Ct);
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal("no", updates.Current.Text);
        seen.SetResult();

        var failure = await Assert.ThrowsAsync<ModelException>(async () => await updates.MoveNextAsync());
        Assert.Equal(ModelFailure.Unreachable, failure.Failure);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_stream_that_falls_silent_is_given_up()
    {
        var silent = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(Answers.Stream(["no"], ScriptedServer.Hang(silent)));
        var clock = new TestClock(LongWaits);
        await using var factory = Factory(clock);
        using var client = factory.Create(OpenAIAt(server));

        await using var updates = client.GetStreamingResponseAsync(Question, cancellationToken: Ct).GetAsyncEnumerator(Ct);
        Assert.True(await updates.MoveNextAsync());
        var next = updates.MoveNextAsync();
        await silent.Task;
        clock.Advance(TimeSpan.FromSeconds(61));

        var failure = await Assert.ThrowsAsync<ModelException>(async () => await next);
        Assert.Equal("openai (model 'gpt-test') sent nothing for 60 seconds in the middle of its answer.", failure.Message);
    }

    [Fact]
    public async Task An_answer_past_the_time_limit_is_given_up_and_tried_again()
    {
        var first = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Hang(first), Answers.OpenAI("noon"));
        var clock = new TestClock(LongWaits);
        await using var factory = Factory(clock);
        using var client = factory.Create(OpenAIAt(server, attempts: 2));

        var answering = client.GetResponseAsync(Question, cancellationToken: Ct);
        await first.Task;
        clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal("noon", (await answering).Text);
    }

    [Fact]
    public async Task A_time_limit_is_named()
    {
        var arrived = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Hang(arrived));
        var clock = new TestClock(LongWaits);
        await using var factory = Factory(clock);
        using var client = factory.Create(OpenAIAt(server));

        var answering = AssertFailsAsync(client, ModelFailure.TimedOut);
        await arrived.Task;
        clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal("openai (model 'gpt-test') did not answer within 60 seconds.", (await answering).Message);
    }

    [Fact]
    public async Task The_callers_cancellation_reaches_the_call()
    {
        var arrived = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Hang(arrived));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server, attempts: 3));
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var answering = client.GetResponseAsync(Question, cancellationToken: source.Token);
        await arrived.Task;
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(400, ModelFailure.BadRequest)]
    [InlineData(401, ModelFailure.NotAllowed)]
    [InlineData(404, ModelFailure.Configuration)]
    public async Task What_another_try_cannot_mend_is_not_tried_again(int status, ModelFailure failure)
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Error(status, "no"));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server, attempts: 5));

        await AssertFailsAsync(client, failure);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("<html>welcome to the hotel</html>")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[1,2]")]
    public async Task Something_that_is_no_provider_is_said(string body)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(body));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server));

        await AssertFailsAsync(client, ModelFailure.Unreadable);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said()
    {
        var server = await ScriptedServer.StartAsync(Answers.OpenAI("noon"));
        var parameters = OpenAIAt(server);
        await server.DisposeAsync();
        await using var factory = Factory();
        using var client = factory.Create(parameters);

        var failure = await AssertFailsAsync(client, ModelFailure.Unreachable);

        Assert.StartsWith("openai (model 'gpt-test') could not be reached", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }

    [Theory]
    [InlineData("Incorrect API key provided: " + Key)]
    [InlineData("Incorrect API key provided: sk-other-secret-0000. Find yours online.")]
    [InlineData("Header X-Proxy was proxy-password-77")]
    public async Task Keys_never_show(string message)
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Error(401, message));
        await using var factory = Factory();
        using var client = factory.Create(OpenAIAt(server) with
        {
            AdditionalHeaders = OpenAIAt(server).AdditionalHeaders.Add("X-Proxy", "proxy-password-77"),
        });

        var shown = (await AssertFailsAsync(client, ModelFailure.NotAllowed)).ToString();

        Assert.DoesNotContain(Key, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-other-secret", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy-password-77", shown, StringComparison.Ordinal);
        Assert.Contains("***", shown, StringComparison.Ordinal);
    }

    private static Task<ModelException> AssertFailsAsync(IChatClient client, ModelFailure failure) =>
        AssertFailsAsync(client.GetResponseAsync(Question, cancellationToken: Ct), failure);

    private static async Task<ModelException> AssertFailsAsync(Task<ChatResponse> answering, ModelFailure failure)
    {
        var thrown = await Assert.ThrowsAsync<ModelException>(() => answering);
        Assert.True(thrown.Failure == failure, string.Create(CultureInfo.InvariantCulture, $"{thrown.Failure}: {thrown}"));
        return thrown;
    }
}
