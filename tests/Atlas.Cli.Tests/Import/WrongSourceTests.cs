using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Import;

/// <summary>A source that is not what the command takes it for is named before anything is asked of a silo.</summary>
public sealed class WrongSourceTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task Each_is_named_with_the_command_that_reads_it()
    {
        var chat = await _workspace.WriteAsync("my chats.jsonl", """{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}""");
        var tau = await _workspace.WriteAsync("tau.json", TauBenchFile.Of(1));
        var otel = await _workspace.WriteAsync("spans.json", """{"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "a", "spanId": "b"}]}]}]}""");
        var tau2 = await _workspace.WriteAsync("tau2.json", """{"tasks": [], "simulations": [{"task_id": "1", "reward_info": null, "messages": []}]}""");

        await ExpectAsync("tau-bench", chat, $"my chats.jsonl contains recorded chat, not recorded τ-bench runs. Import it with `atlas import chat '{chat}' --key KEY`.");
        await ExpectAsync("chat", tau, $"`atlas import tau-bench {tau} --key KEY`");
        await ExpectAsync("tau-bench", otel, $"`atlas import otel {otel} --key KEY`");
        await ExpectAsync("tau-bench", tau2, $"`atlas import tau2 {tau2} --key KEY`");
    }

    [Fact]
    public async Task Files_that_are_no_text_are_named_as_what_they_are()
    {
        var empty = await _workspace.WriteAsync("empty.json", "");
        var wide = await _workspace.WriteAsync("wide.json", "");
        await File.WriteAllTextAsync(wide, TauBenchFile.Of(1), System.Text.Encoding.Unicode);

        await ExpectAsync("tau-bench", empty, "empty.json is empty.");
        await ExpectAsync("tau-bench", wide, $"wide.json is text in UTF-16; recorded runs must be UTF-8. Convert it, for example with `iconv -f UTF-16 -t UTF-8 {wide}`.");
    }

    private async Task ExpectAsync(string format, string source, string sentence)
    {
        var answer = (await _workspace.RunAsync("import", format, source, "--key", "k")).Expect(ExitCode.Failed);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
    }
}
