using Atlas.Client.Chat;
using Atlas.Client.Tests.Harness;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Text;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Client.Tests.Chat;

public sealed class InjectionTests : IDisposable
{
    private readonly ChatPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_prefix_stands_before_the_system_prompt()
    {
        var sent = await _place.AskAsync();
        Assert.Equal([ChatRole.System, ChatRole.User], sent.Messages.Select(message => message.Role));
        Assert.Equal($"{_place.Atlas.Playbook.Student!.Block}\n\nYou help.", sent.Messages[0].Text);
    }

    [Fact]
    public async Task A_prefix_stands_before_the_instructions_where_there_are_some()
    {
        var sent = await _place.AskAsync(null, new ChatOptions { Instructions = "Be brief." });
        Assert.Equal($"{_place.Atlas.Playbook.Student!.Block}\n\nBe brief.", sent.Options!.Instructions);
        Assert.Equal("You help.", sent.Messages[0].Text);
    }

    [Fact]
    public async Task A_prompt_of_several_parts_keeps_them_behind_a_prefix()
    {
        var sent = await _place.AskAsync(null, null, new ChatMessage(ChatRole.System, [new TextContent("You help."), new TextContent("Be brief.")]));
        Assert.Equal($"{_place.Atlas.Playbook.Student!.Block}\n\nYou help.Be brief.", sent.Messages[0].Text);
    }

    [Fact]
    public async Task A_suffix_comes_after_all_leading_system_messages_and_before_the_talk()
    {
        _place.Atlas.Playbook = FakeAtlas.Resolved("Look up first.", mode: InjectionMode.Suffix);
        var sent = await _place.AskAsync(
            null, new ChatOptions { Instructions = "Be brief." }, new(ChatRole.System, "You help."), new(ChatRole.System, "Worked example."), new(ChatRole.User, "Hi"));
        Assert.Equal(["You help.", "Worked example.", _place.Atlas.Playbook.Student!.Block, "Hi"], sent.Messages.Select(message => message.Text));
        Assert.Equal("Be brief.", sent.Options!.Instructions);
    }

    [Fact]
    public async Task The_application_may_choose_another_place_than_the_cluster()
    {
        var sent = await _place.AskAsync(options => options.InjectionMode = InjectionMode.Suffix);
        Assert.Equal("You help.", sent.Messages[0].Text);
    }

    [Fact]
    public async Task The_new_arm_of_an_experiment_gets_its_model_its_prompt_and_its_place_and_the_applications_own_messages_stay()
    {
        var settings = new ArmSettings { Model = "other-model", SystemPrompt = "{base_prompt} Be brief.", InjectionMode = InjectionMode.Suffix };
        _place.Atlas.Playbook = FakeAtlas.Resolved("Look up first.") with { Arm = new(1, IsNew: true, settings) };
        ChatMessage[] own = [new(ChatRole.System, "You help."), new(ChatRole.User, "Hi")];
        var sent = await _place.AskAsync(options => options.InjectionMode = InjectionMode.Prefix, new ChatOptions { ModelId = "own-model" }, own);

        Assert.Equal("other-model", sent.Options!.ModelId);
        Assert.Equal(["You help. Be brief.", _place.Atlas.Playbook.Student!.Block, "Hi"], sent.Messages.Select(message => message.Text));
        Assert.Equal("You help.", own[0].Text);
    }

    [Fact]
    public async Task The_prompt_of_an_arm_is_not_added_to_a_conversation_that_the_provider_keeps()
    {
        _place.Atlas.Playbook = FakeAtlas.Resolved("Look up first.") with { Arm = new(1, IsNew: true, new ArmSettings { SystemPrompt = "Be brief." }) };
        var sent = await _place.AskAsync(null, new ChatOptions { ConversationId = "c1" }, new ChatMessage(ChatRole.User, "Hi"));
        Assert.Equal("Hi", Assert.Single(sent.Messages).Text);
        Assert.Equal($"{_place.Atlas.Playbook.Student!.Block}\n\nBe brief.", sent.Options!.Instructions);
    }

    [Fact]
    public async Task A_conversation_that_the_provider_keeps_gets_the_playbook_as_instructions_only()
    {
        _place.Atlas.Playbook = FakeAtlas.Resolved("Look up first.", mode: InjectionMode.Suffix);
        var sent = await _place.AskAsync(null, new ChatOptions { ConversationId = "c1", Instructions = "Be brief." }, new ChatMessage(ChatRole.User, "Hi"));
        Assert.Equal("Hi", Assert.Single(sent.Messages).Text);
        Assert.Equal($"Be brief.\n\n{_place.Atlas.Playbook.Student!.Block}", sent.Options!.Instructions);
    }

    [Fact]
    public async Task The_breakpoint_is_marked_on_the_last_stable_block_and_nothing_of_the_callers_is_touched()
    {
        _place.Atlas.Playbook = FakeAtlas.Resolved("Look up first.", mode: InjectionMode.Suffix);
        ChatMessage[] own = [new(ChatRole.System, "You help."), new(ChatRole.User, "Hi")];
        var options = new ChatOptions { Instructions = "Be brief." };
        var sent = await _place.AskAsync(chat => chat.MarkBreakpoint = Mark, options, own);

        Assert.Equal(["Be brief.", "You help.", _place.Atlas.Playbook.Student!.Block, "Hi"], sent.Messages.Select(message => message.Text));
        Assert.Equal([false, true, false, false], sent.Messages.Select(message => message.Contents[0].AdditionalProperties?.ContainsKey("mark") == true));
        Assert.Null(own[0].Contents[0].AdditionalProperties);
        Assert.Equal(("Be brief.", null), (options.Instructions, options.AdditionalProperties));
    }

    [Fact]
    public async Task Only_the_playbook_differs_between_two_versions_of_a_suffix()
    {
        _place.Atlas.Playbook = FakeAtlas.Resolved("Look up first.", mode: InjectionMode.Suffix);
        var first = await _place.AskAsync(chat => chat.MarkBreakpoint = Mark);
        var again = await _place.AskAsync(chat => chat.MarkBreakpoint = Mark);
        _place.Atlas.Playbook = FakeAtlas.Resolved("Apologise first.", version: 8, mode: InjectionMode.Suffix);
        var other = await _place.AskAsync(chat => chat.MarkBreakpoint = Mark);

        Assert.Equal(first.Messages.Select(message => message.Text), again.Messages.Select(message => message.Text));
        Assert.Equal([true, false, true], first.Messages.Zip(other.Messages, (one, two) => one.Text == two.Text));
    }

    [Fact]
    public async Task Hash_and_version_go_with_every_request()
    {
        var properties = (await _place.AskAsync()).Options!.AdditionalProperties!;
        Assert.Equal(7, properties[AtlasChatProperties.PlaybookVersion]);
        Assert.Equal(Sha256Text.Hex("Look the order up first."), properties[AtlasChatProperties.PlaybookSha256]);
        Assert.Equal(42L, properties[AtlasChatProperties.SessionId]);
        Assert.Equal(Sha256Text.Hex("Look the order up first."), properties[AtlasChatProperties.InjectedSha256]);
        Assert.Equal(4, properties.Count);
    }

    [Fact]
    public async Task A_cluster_that_keeps_playbooks_out_of_prompts_still_sends_the_hash()
    {
        _place.Atlas.Playbook = FakeAtlas.Resolved("Look up first.", apply: false);
        var sent = await _place.AskAsync();
        Assert.Equal("You help.", sent.Messages[0].Text);
        Assert.Equal(Sha256Text.Hex("Look up first."), sent.Options!.AdditionalProperties![AtlasChatProperties.PlaybookSha256]);
    }

    [Fact]
    public async Task A_playbook_over_the_token_budget_loses_the_least_proven_entries_whole()
    {
        const string Proven = "- Look the order up first.", OnTrial = "- Apologise once.", Text = $"{Proven}\n{OnTrial}";
        var whole = FakeAtlas.Resolved(Text);
        _place.Atlas.Playbook = whole with
        {
            Student = whole.Student! with { Spans = [new("proven", 0, Proven.Length), new("trial", Proven.Length + 1, OnTrial.Length)] },
            Entries = [new("proven", "student", "aa", OnTrial: false, new EntryCue()), new("trial", "student", "bb", OnTrial: true, new EntryCue())],
        };
        await using var session = await _place.Build(options => (options.MaxPlaybookTokens, options.CountTokens) = (Proven.Length + 5, text => text.Length))
            .StartAtlasSessionAsync(ChatPlace.Task);
        await session.GetResponseAsync("Hi");

        Assert.Equal(Sha256Text.Hex(Proven), session.InjectedSha256);
        Assert.Equal("proven", Assert.Single(session.Entries).Id);
    }

    [Fact]
    public async Task A_playbook_over_the_token_budget_is_shortened_and_the_hash_is_that_of_what_is_sent()
    {
        _place.Atlas.Playbook = FakeAtlas.Resolved("Look the order up first.\nNever guess an amount of money.\nApologise once.");
        var session = await _place.Build(options => options.MaxPlaybookTokens = 8).StartAtlasSessionAsync(ChatPlace.Task);
        await session.GetResponseAsync("Hi");
        await session.CompleteAsync("Done.");

        const string Left = "Look the order up first.\n...";
        Assert.Contains($">>>\n{Left}\nLast updated", _place.Model.Requests[0].Messages[0].Text, StringComparison.Ordinal);
        Assert.Equal(Sha256Text.Hex(Left), session.InjectedSha256);
        Assert.Equal(_place.Atlas.Playbook.Student!.VersionSha256, session.PlaybookSha256);
        Assert.Contains(Sha256Text.Hex(Left), _place.Atlas.Session.Completion!.Metadata!.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_teacher_gets_the_playbook_of_the_teacher()
    {
        _place.Atlas.Playbook = FakeAtlas.Resolved("For students.", teacher: "Ask for amounts.");
        var sent = await _place.AskAsync(options => options.Role = "teacher");
        Assert.StartsWith(_place.Atlas.Playbook.Teacher!.Block, sent.Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_outside_of_a_session_gets_the_playbook_of_the_configured_key_and_leaves_no_record()
    {
        await _place.Build(options => options.LearningKey = "support/orders").GetResponseAsync("Hi");
        await _place.Build().GetResponseAsync("Hi");
        Assert.Equal(_place.Atlas.Playbook.Student!.Block, _place.Model.Requests[0].Messages[0].Text);
        Assert.Single(_place.Model.Requests[1].Messages);
        Assert.Empty(_place.Atlas.Started);
    }

    private static void Mark(AIContent content) => content.AdditionalProperties = new() { ["mark"] = true };
}
