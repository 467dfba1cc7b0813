using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Grains.Tests.Cluster;
using Atlas.Learning.Sessions;
using Xunit;

namespace Atlas.Grains.Tests.Sessions;

/// <summary>What is too much is refused where all doors lead, and hurts neither the next call nor anybody else's.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task What_is_too_much_is_refused_with_a_sentence_and_the_session_goes_on()
    {
        await using var cluster = await TestCluster.StartAsync();
        var (client, large) = (cluster.Client, new string('x', SessionLimits.TextLength + 1));
        var session = await client.StartSessionAsync(new StartSession("Refund order 1042", "limits"));
        var grain = client.GetSession(session.SessionId);

        foreach (var (said, call) in ((string, Func<Task>)[])
        [
            ("The task of a session can have at most", () => client.StartSessionAsync(new StartSession(large, "limits"))),
            ("The external id of a session can have at most", () => client.StartSessionAsync(new StartSession("t", "limits") { ExternalId = new string('x', 513) })),
            ("The metadata of a session can have at most", () => client.StartSessionAsync(new StartSession("t", "limits") { Metadata = JsonElement.Parse($$"""{"x":"{{new string('x', SessionLimits.MetadataBytes)}}"}""") })),
            ("an event can have at most", () => grain.Append(0, [JsonElement.Parse($$"""{"x":"{{large}}"}""")])),
            ("is beyond", () => grain.Append(SessionLimits.EventsOfSession, [JsonElement.Parse("{}")])),
            ("The trace of a step can have at most", () => grain.RecordStep(new StepRecord(1, large))),
            ("The note of guidance can have at most", () => grain.RecordGuidance(1, large)),
            ("The answer of a session can have at most", () => grain.Complete(new CompleteSession(SessionStatus.Succeeded, large))),
            ("A playbook can have at most", () => client.ImportAsync("limits", new LearnedPlaybook { StudentPreface = large }, new Attribution("ada", null))),
        ])
        {
            Assert.Contains(said, (await Assert.ThrowsAsync<AtlasRefusedException>(call)).Message, StringComparison.Ordinal);
        }

        await grain.Append(0, [JsonElement.Parse("{}")]);
        await grain.Complete(new CompleteSession(SessionStatus.Succeeded, "Done."));
        Assert.Equal(1L, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM trajectory_events"));
        Assert.Equal(1L, await cluster.Database.ScalarAsync<long>("SELECT count(*) FROM sessions"));
    }
}
