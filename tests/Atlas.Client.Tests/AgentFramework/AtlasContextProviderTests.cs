using Atlas.Client.AgentFramework;
using Atlas.Client.Chat;
using Atlas.Client.Tests.Harness;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Client.Tests.AgentFramework;

/// <summary>A real agent of Microsoft's framework, over a scripted model, with Atlas in it.</summary>
public sealed class AtlasContextProviderTests : IDisposable
{
    private const string Task = "Where is order 1042?";

    private readonly FakeAtlas _atlas = new();
    private readonly LogLines _log = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-client-test-").FullName;

    [Theory]
    [InlineData(InjectionMode.Prefix)]
    [InlineData(InjectionMode.Suffix)]
    public async Task The_playbook_stands_before_or_after_the_instructions_and_the_run_is_recorded(InjectionMode mode)
    {
        _atlas.Playbook = FakeAtlas.Resolved("Look up first.", mode: mode);
        using var model = new ScriptedChatClient(ScriptedChatClient.Calls("get_order", "call-1"), ScriptedChatClient.Text("It was shipped."));
        await using var provider = Provider();
        var agent = Agent(model, provider);
        var session = await agent.CreateSessionAsync();

        var answer = await agent.RunAsync(Task, session);
        var id = provider.SessionOf(session)!.SessionId;
        var completed = await provider.CompleteAsync(session, answer.Text, 0.9);

        var block = _atlas.Playbook.Student!.Block;
        Assert.All(model.Requests, request => Assert.Equal(
            mode is InjectionMode.Prefix ? $"{block}\n\nYou help." : $"You help.\n\n{block}",
            request.Options!.Instructions));
        Assert.Equal(42, id);
        Assert.Equal((Task, "orders"), (_atlas.Started.Single().Task, _atlas.Started.Single().Agent));
        Assert.Equal(["TOOL_START get_order", "TOOL_END get_order Order 1042 was shipped.", "LLM_END student It was shipped."], _atlas.Session.Events.Select(line => line.Trim()));
        Assert.Equal(SessionStatus.Succeeded, completed!.Status);
        Assert.Equal((0.9, "It was shipped."), (_atlas.Session.Completion!.Reward!.Score, _atlas.Session.Completion.FinalAnswer));
        Assert.Null(provider.SessionOf(session));
    }

    [Fact]
    public async Task The_prompt_of_an_experiments_arm_replaces_the_instructions()
    {
        _atlas.Playbook = FakeAtlas.Resolved("Look up first.") with { Arm = new(1, IsNew: true, new ArmSettings { SystemPrompt = "{base_prompt} Be brief." }) };
        using var model = new ScriptedChatClient();
        await using var provider = Provider();
        var agent = Agent(model, provider);
        var session = await agent.CreateSessionAsync();
        await agent.RunAsync(Task, session);
        var arm = provider.SessionOf(session)!.Arm;
        await provider.CompleteAsync(session, "Done.", 0.9);

        Assert.Equal($"{_atlas.Playbook.Student!.Block}\n\nYou help. Be brief.", model.Requests[^1].Options!.Instructions);
        Assert.Equal(_atlas.Playbook.Arm, arm);
        Assert.Null(_atlas.Session.Completion!.Review);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_session_in_an_arm_that_names_a_model_is_quarantined_because_a_provider_cannot_choose_it()
    {
        var settings = new ArmSettings { Model = "other-model", SystemPrompt = "Be brief." };
        _atlas.Playbook = FakeAtlas.Resolved("Look up first.") with { Arm = new(1, IsNew: true, settings) };
        using var model = new ScriptedChatClient();
        await using var provider = Provider();
        var agent = Agent(model, provider);
        var session = await agent.CreateSessionAsync();
        await agent.RunAsync(Task, session);
        await provider.CompleteAsync(session, "Done.", 0.9);

        Assert.EndsWith("You help.", model.Requests[^1].Options!.Instructions, StringComparison.Ordinal);
        Assert.Equal((ReviewStatus.Quarantined, null), (_atlas.Session.Completion!.Review!.Status, _atlas.Session.Completion.Reward));
        Assert.Contains("Add UseAtlas to the pipeline", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_and_hash_travel_with_the_agent_session_also_when_it_is_stored()
    {
        using var model = new ScriptedChatClient();
        await using var provider = Provider();
        var agent = Agent(model, provider);
        var session = await agent.CreateSessionAsync();

        await agent.RunAsync(Task, session);
        var stored = await agent.DeserializeSessionAsync(await agent.SerializeSessionAsync(session));

        var state = stored.StateBag.GetValue<AtlasAgentState>(AtlasContextProvider.StateKey)!;
        Assert.Equal((42L, "support/orders", 7, _atlas.Playbook.Student!.Sha256), (state.SessionId!.Value, state.LearningKey, state.PlaybookVersion, state.PlaybookSha256));
    }

    [Fact]
    public async Task Runs_in_one_agent_session_are_one_session_of_Atlas_and_those_in_another_are_another()
    {
        using var model = new ScriptedChatClient();
        await using var provider = Provider();
        var agent = Agent(model, provider);
        var first = await agent.CreateSessionAsync();

        await agent.RunAsync(Task, first);
        await agent.RunAsync("And 1043?", first);
        await agent.RunAsync("Other things", await agent.CreateSessionAsync());

        Assert.Equal([Task, "Other things"], _atlas.Started.Select(start => start.Task));
        await provider.CompleteAsync(first, "done");
        await agent.RunAsync("Once more", first);
        Assert.Equal("Once more", _atlas.Started[^1].Task);
    }

    [Fact]
    public async Task A_streamed_run_is_given_the_playbook_and_recorded_too()
    {
        using var model = new ScriptedChatClient(ScriptedChatClient.Text("It was shipped."));
        await using var provider = Provider();
        var agent = Agent(model, provider);
        var session = await agent.CreateSessionAsync();

        var pieces = await agent.RunStreamingAsync(Task, session).Select(update => update.Text).ToListAsync();
        await provider.CompleteAsync(session, string.Concat(pieces));

        Assert.StartsWith(_atlas.Playbook.Student!.Block, Assert.Single(model.Requests).Options!.Instructions, StringComparison.Ordinal);
        Assert.Equal("LLM_END student It was shipped.", Assert.Single(_atlas.Session.Events).Trim());
    }

    [Fact]
    public async Task While_Atlas_is_out_of_reach_the_agent_goes_on_with_the_cached_playbook_and_the_log_says_so()
    {
        using var model = new ScriptedChatClient();
        await using (var provider = Provider())
        {
            var agent = Agent(model, provider);
            await agent.RunAsync(Task, await agent.CreateSessionAsync());
        }

        _atlas.Failure = FakeAtlas.OutOfReach;
        await using var without = Provider();
        var later = Agent(model, without);
        var session = await later.CreateSessionAsync();
        await later.RunAsync(Task, session);

        Assert.StartsWith(_atlas.Playbook.Student!.Block, model.Requests[^1].Options!.Instructions, StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.StartsWith("Atlas cannot be reached (No silo answered in time); the chat continues with the cached student playbook", StringComparison.Ordinal));
        Assert.Null(await without.CompleteAsync(session, "done"));
    }

    [Fact]
    public async Task A_failed_run_reaches_its_caller_and_leaves_the_session_open()
    {
        using var model = new ScriptedChatClient(ScriptedChatClient.Text("one two three")) { BreaksOff = new HttpRequestException("gone") };
        await using var provider = Provider();
        var agent = Agent(model, provider);
        var session = await agent.CreateSessionAsync();

        await Assert.ThrowsAsync<HttpRequestException>(async () => await agent.RunStreamingAsync(Task, session).ToListAsync());

        Assert.True(provider.SessionOf(session)!.IsRecorded);
        Assert.Null(_atlas.Session.Completion);
    }

    [Fact]
    public void A_cache_mark_is_refused_because_instructions_carry_none() => Assert.Throws<ArgumentException>(
        () => new AtlasContextProvider(_atlas, new AtlasChatOptions { MarkBreakpoint = _ => { } }));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private AtlasContextProvider Provider() =>
        new(_atlas, new AtlasChatOptions { LearningKey = "support/orders", CacheDirectory = _folder }, _log);

    private static ChatClientAgent Agent(IChatClient model, AtlasContextProvider provider) => new(model, new ChatClientAgentOptions
    {
        Name = "orders",
        ChatOptions = new ChatOptions
        {
            Instructions = "You help.",
            Tools = [AIFunctionFactory.Create((string id) => $"Order {id} was shipped.", "get_order")],
        },
        AIContextProviders = [provider],
    });
}
