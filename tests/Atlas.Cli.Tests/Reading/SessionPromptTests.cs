using Atlas.Cli.Tests.Harness;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain.Playbooks;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Cli.Tests.Reading;

/// <summary><c>atlas session show ID --prompt</c> against what a model really was sent.</summary>
[Collection(SharedSilo.Name)]
public sealed class SessionPromptTests(RunningWorkspace running)
{
    private const string Key = "prompts/shown";

    [Theory]
    [InlineData(null)]
    [InlineData(60)]
    [InlineData(20)]
    public async Task The_prompt_is_shown_as_it_was_sent_also_where_the_client_had_less_room(int? maxTokens)
    {
        await running.LearnedAsync();
        var status = (await running.Workspace.RunAsync("status", "--json")).Json();
        await using var client = await AtlasClient.ConnectAsync(new AtlasClientOptions
        {
            DatabaseUrl = status.GetProperty("database").GetProperty("connection_string").GetString(), Credential = running.Workspace.Credential, CacheOnDisk = false, LinksDiscovery = false,
        });
        await client.ImportAsync(Key, Playbook(), new Attribution("tester", "a playbook that is longer than the client's room"));
        var model = new EchoModel();
        var chat = model.AsBuilder().UseAtlas(client, options =>
        {
            options.CacheOnDisk = false;
            options.MaxPlaybookTokens = maxTokens ?? options.MaxPlaybookTokens;
        }).Build();
        await using var session = await chat.StartAtlasSessionAsync(new StartSession("Refund order 1042", Key));
        await session.GetResponseAsync("Hi");
        await session.CompleteAsync("Done.");

        var shown = (await running.Workspace.RunAsync("session", "show", $"{session.SessionId}", "--prompt")).Expect(ExitCode.Ok);
        var block = shown.Output.TrimEnd('\n');
        Assert.StartsWith(">>> Student Playbook >>>", block, StringComparison.Ordinal);
        Assert.Contains(block, model.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", shown.Error, StringComparison.OrdinalIgnoreCase);
        var document = (await running.Workspace.RunAsync("session", "show", $"{session.SessionId}", "--prompt", "--json")).Json();
        Assert.Equal(session.InjectedSha256, document.GetProperty("student").GetProperty("sha256").GetString());
        Assert.Equal(maxTokens is null, block.Contains("Do: Rule 8.", StringComparison.Ordinal));
    }

    private static LearnedPlaybook Playbook() => new()
    {
        Form = PlaybookForm.Entries,
        StudentPreface = "Work on one order at a time, and read the policy before you promise anything.",
        Entries =
        [
            .. Enumerable.Range(1, 8).Select(number => new PlaybookEntry
            {
                Id = $"rule-{number}",
                Audience = "student",
                Cue = new EntryCue { Pattern = "refund", Description = $"case {number} of a refund" },
                Action = new EntryAction { Imperative = $"Rule {number}." },
            }),
        ],
    };

    /// <summary>A model that keeps what it was sent.</summary>
    private sealed class EchoModel : IChatClient
    {
        public string Heard { get; private set; } = "";

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Heard = string.Join('\n', [options?.Instructions, .. messages.Select(message => message.Text)]);
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello.")));
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            {
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
