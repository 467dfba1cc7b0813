using System.Reflection;
using System.Text.Json;
using Atlas.Cli.Invocation;
using Atlas.Cli.Tests.Harness;
using Atlas.Contracts.Forgetting;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

[Collection(SharedSilo.Name)]
public sealed class ForgetTests(RunningWorkspace running)
{
    private readonly TestWorkspace _workspace = running.Workspace;

    [Fact]
    public async Task Sessions_are_forgotten_only_when_it_is_said_twice_and_the_books_agree_afterwards()
    {
        const string Key = "operating/forgotten";
        var file = await _workspace.WriteAsync("forget.json", TauBenchFile.Of(3));
        (await _workspace.CallAsync("import", "tau-bench", file, "--key", Key, "--concurrency", "1")).Expect(ExitCode.Ok);
        string[] line = ["forget", "--where", $"key={Key}", "--where", "after=2020-01-01"];

        var dry = (await _workspace.CallAsync(line)).Expect(ExitCode.Ok);
        Assert.Contains("3 sessions of 1 learning key would be forgotten", dry.Output, StringComparison.Ordinal);
        Assert.Contains("--yes", dry.Error, StringComparison.Ordinal);
        Assert.Equal(3, (await SessionsAsync(Key)).GetArrayLength());

        var done = (await _workspace.CallAsync([.. line, "--yes", "--json", "--reason", "request 7"])).Expect(ExitCode.Ok).Json();
        Assert.Equal(3, done.GetProperty("keys")[0].GetProperty("sessions").GetArrayLength());
        Assert.Equal(0, (await SessionsAsync(Key)).GetArrayLength());
        Assert.Contains("There is nothing to forget", (await _workspace.CallAsync([.. line, "--yes"])).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
        (await _workspace.CallAsync("doctor", "--ledger")).Expect(ExitCode.Ok);
        Assert.Contains(
            (await _workspace.CallAsync("audit", "--json")).Expect(ExitCode.Ok).Json().EnumerateArray(), entry => entry.GetProperty("action").GetString() == "Forget");
    }

    [Theory]
    [InlineData("--where has no 'colour'", "--where", "colour=red")]
    [InlineData("it must be NAME=VALUE", "--where", "key")]
    [InlineData("--where key is given twice", "--where", "key=a", "--where", "key=b")]
    [InlineData("running, succeeded or failed", "--where", "status=odd")]
    [InlineData("a date such as", "--where", "before=yesterday")]
    [InlineData("Say what to forget")]
    public async Task A_wrong_word_is_answered_with_what_would_be_right(string said, params string[] words) =>
        (await _workspace.CallAsync(["forget", .. words])).ExpectSentence(ExitCode.Usage, said);

    // More than a silo takes before it leaves the rest to the next call, and not so much that a caller waits long for a silo that is gone.
    [Fact]
    public void A_silo_has_a_minute_for_what_it_forgets_in_one_call() => Assert.Equal(
        TimeSpan.FromMinutes(1), typeof(IForgettingGrain).GetMethod(nameof(IForgettingGrain.Forget))!.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout);

    private async Task<JsonElement> SessionsAsync(string key) => (await _workspace.CallAsync("session", "list", "--key", key, "--json")).Expect(ExitCode.Ok).Json();
}
