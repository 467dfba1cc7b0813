using Atlas.Models.Providers;
using Atlas.Testing.Wire;
using Xunit;

namespace Atlas.Models.Tests.Providers.Wire;

/// <summary>Why a server refuses is shown, wherever it says so.</summary>
public sealed class RefusalReasonTests
{
    [Theory]
    [InlineData("""{"error":{"message":"no such thing"}}""", "no such thing")]
    [InlineData("""{"error":"no such thing"}""", "no such thing")]
    [InlineData("""{"message":"no such thing"}""", "no such thing")]
    [InlineData("""{"detail":"no such thing"}""", "no such thing")]
    [InlineData("""{"detail":[{"loc":["body","messages",0],"msg":"no such thing"}]}""", "messages.0: no such thing")]
    [InlineData("""{"object":"error","message":{"detail":[{"loc":["body","foo"],"msg":"no such thing"}]}}""", "foo: no such thing")]
    [InlineData("""{"errors":["no such thing","nor that"]}""", "no such thing; nor that")]
    [InlineData("""[{"error":{"code":400,"message":"no such thing"}}]""", "no such thing")]
    [InlineData("""{"error":{"message":"Provider returned error","metadata":{"raw":"{\"error\":{\"message\":\"no such thing\"}}"}}}""", "Provider returned error (no such thing)")]
    [InlineData("""{"error":{"message":"{\"error\":{\"message\":\"no such thing\"}}"}}""", "no such thing")]
    [InlineData("""{"title":"Bad Request","detail":"no such thing"}""", "no such thing")]
    [InlineData("no such\u001b[31m thing\u202e", "no such thing")]
    [InlineData("<html><head><title>no such thing</title></head></html>", "no such thing")]
    [InlineData("<Error><Code>X</Code><Message>no such thing</Message></Error>", "no such thing")]
    [InlineData("data: {\"error\":{\"message\":\"no such thing\"}}\n\n", "no such thing")]
    public async Task The_reason_is_shown_wherever_it_stands(string body, string reason)
    {
        var thrown = await Raw.FailsAsync(false, true, ModelFailure.BadRequest, Raw.Body(body, "application/json", 400));

        Assert.Equal($"openai (model 'gpt-test') does not accept the call (status 400): {reason}", thrown.Message);
    }

    [Fact]
    public async Task A_long_reason_is_cut()
    {
        var thrown = await Raw.FailsAsync(false, false, ModelFailure.BadRequest, Answers.Error(400, new string('x', 100_000)));

        Assert.InRange(thrown.Message.Length, 300, 600);
    }
}
