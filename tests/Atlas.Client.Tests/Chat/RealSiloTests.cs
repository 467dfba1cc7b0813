using System.Text.Json;
using Atlas.Client.Cache;
using Atlas.Client.Tests.Harness;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Testing;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Client.Tests.Chat;

public sealed class RealSiloTests
{
    private const string Key = "support/orders";

    private static readonly string Playbook = PlaybookDocument.Export(new LearnedPlaybook
    {
        StudentPreface = "Look the order up first.",
        Entries =
        [
            new PlaybookEntry
            {
                Id = "e1",
                Audience = "student",
                Cue = new EntryCue { Type = "keyword", Pattern = "order" },
                Action = new EntryAction { Imperative = "Look it up.", RuntimeHandle = "get_order" },
                ExpectedEffect = "Fewer guesses.",
                Scope = new EntryScope { Category = "reinforcement" },
            },
        ],
    });

    [Fact]
    public async Task A_chat_is_stored_counted_and_told_the_next_playbook_by_a_real_silo()
    {
        await using var cluster = await TestCluster.StartAsync(learning: new LearningOptions { PlaybookInjectionMode = InjectionMode.Suffix });
        await cluster.Client.ImportAsync(Key, PlaybookDocument.Import(Playbook), new Attribution("operator", "to begin with"));
        var folder = Directory.CreateTempSubdirectory("atlas-client-test-").FullName;
        using var model = new ScriptedChatClient(ScriptedChatClient.Calls("get_order", "call-1"), ScriptedChatClient.Text("It was shipped.", 20));
        var chat = model.AsBuilder()
            .UseAtlas(cluster.Client, options => (options.LearningKey, options.CacheDirectory) = (Key, folder))
            .UseFunctionInvocation()
            .Build();

        await using var session = await chat.StartAtlasSessionAsync("Where is order 1042?");
        var answer = await session.GetResponseAsync(
            [new(ChatRole.System, "You help."), new(ChatRole.User, "Where is order 1042?")],
            new ChatOptions { Tools = [AIFunctionFactory.Create((string id) => $"Order {id} was shipped.", "get_order")] });
        var completed = await session.CompleteAsync(answer.Text, 0.9);

        Assert.Equal((SessionStatus.Succeeded, LearningStanding.Applied), (completed!.Status, completed.Learning));
        Assert.Equal("You help.", model.Requests[0].Messages[0].Text);
        Assert.Contains("\nLook the order up first.\n", model.Requests[0].Messages[1].Text, StringComparison.Ordinal);
        Assert.Equal(3, await CountAsync("SELECT count(*) FROM trajectory_events WHERE session_id = $1"));
        Assert.Equal(1, await CountAsync(
            "SELECT count(*) FROM sessions WHERE id = $1 AND metadata #>> '{learning_usage,roles,student,e1,successful_adoptions}' = '1'"
            + " AND metadata #>> '{learning_usage,roles,student,e1,cue_hits}' = '1'"));
        Assert.Equal(1, (await cluster.Client.DescribeAsync(Key)).SessionsObserved);
        await Eventually.TrueAsync(
            () => new PlaybookCache(folder).Of(cluster.Client.ClusterName).Read(Key, "student")?.Playbook.Sha256 == session.PlaybookSha256,
            TimeSpan.FromSeconds(10), "the playbook is kept");
        Directory.Delete(folder, recursive: true);

        Task<long> CountAsync(string sql) => cluster.Database.ScalarAsync<long>(sql, session.SessionId!.Value);
    }
}
