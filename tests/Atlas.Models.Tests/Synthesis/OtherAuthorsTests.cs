using System.Text.Json;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Xunit;

namespace Atlas.Models.Tests.Synthesis;

/// <summary>A playbook may hold what people or language models wrote; counting does not overrule them.</summary>
public sealed class OtherAuthorsTests
{
    private static readonly PlaybookEntry Theirs = new()
    {
        Id = "house-1",
        Audience = "teacher",
        Cue = new() { Type = "keyword", Pattern = "parcel" },
        Action = new() { Imperative = "Ask for the number.", RuntimeHandle = "find_order" },
        ExpectedEffect = "Fewer questions.",
        Scope = new() { Category = "reinforcement", Constraints = "Parcels only." },
        Metadata = new() { ["reason"] = JsonSerializer.SerializeToElement("habit") },
        Impact = new() { SessionsObserved = 4 },
        Provenance = new() { Status = new() { Category = "reinforcement", Lifecycle = "active" } },
    };

    [Fact]
    public async Task Entries_of_others_are_proposed_again_as_they_are()
    {
        var request = Samples.Request(await Samples.OrderDeskAsync()) with { Current = new() { Entries = [Theirs] } };

        var entries = (await Samples.AskAsync(request)).Answer.GetProperty("playbook_entries").EnumerateArray().ToList();

        Assert.Equal(2, entries.Count);
        Assert.Equal("house-1", entries[0].GetProperty("id").GetString());
        Assert.Equal("teacher", entries[0].GetProperty("audience").GetString());
        Assert.Equal("parcel", entries[0].GetProperty("cue").GetProperty("pattern").GetString());
        Assert.Equal("habit", entries[0].GetProperty("metadata").GetProperty("reason").GetString());
        Assert.False(entries[0].TryGetProperty("impact", out _));
        Assert.False(entries[0].TryGetProperty("provenance", out _));
    }

    [Theory]
    [InlineData("deprecated")]
    [InlineData("pruned")]
    public async Task What_was_given_up_is_not_taken_up_again(string lifecycle)
    {
        var given = Theirs with { Provenance = new() { Status = new() { Lifecycle = lifecycle } } };
        var request = Samples.Request(await Samples.OrderDeskAsync()) with { Current = new() { Entries = [given] } };

        Assert.Single((await Samples.AskAsync(request)).Answer.GetProperty("playbook_entries").EnumerateArray());
    }

    [Fact]
    public async Task An_entry_that_the_gates_would_refuse_does_not_take_the_others_with_it()
    {
        var request = Samples.Request(await Samples.OrderDeskAsync()) with
        {
            Current = new() { Entries = [Theirs] },
            RuntimeHandles = ["check_payment", "issue_refund"],
        };

        var answer = (await Samples.AskAsync(request)).Answer;

        Assert.StartsWith("offline-", Assert.Single(answer.GetProperty("playbook_entries").EnumerateArray()).GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Contains("house-1", answer.GetProperty("metadata").GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("""{"findings": null}""")]
    [InlineData("""{"findings": {"a": 1}}""")]
    [InlineData("""{"findings": [null, {"comparison": "same_task"}]}""")]
    [InlineData("""{"findings": [{"comparison": "by_moonlight"}]}""")]
    public async Task Metadata_that_somebody_else_wrote_under_our_key_does_no_harm(string json)
    {
        var sessions = await Samples.OrderDeskAsync();
        var metadata = LearnedPlaybook.Empty.Metadata.Add("offline_synthesis", JsonDocument.Parse(json).RootElement);

        var answer = await Samples.AskAsync(Samples.Request(sessions) with { Current = new() { Metadata = metadata } });

        Assert.Equal((await Samples.AskAsync(Samples.Request(sessions))).Answer.GetRawText(), answer.Answer.GetRawText());
    }

    [Fact]
    public async Task Their_text_stays_before_ours_and_ours_is_replaced()
    {
        var sessions = await Samples.OrderDeskAsync();
        var request = Samples.Request(sessions) with { Current = new() { StudentText = "Be brief." } };

        var first = (await Samples.AskAsync(request)).Answer.GetProperty("student_pamphlet").GetString()!;
        var second = (await Samples.AskAsync(Samples.Request(sessions[1..]) with { Current = new() { StudentText = first } }))
            .Answer.GetProperty("student_pamphlet").GetString()!;

        Assert.StartsWith("Be brief.\n\nStatistical contrast of 40 sessions", first, StringComparison.Ordinal);
        Assert.StartsWith("Be brief.\n\nStatistical contrast of 39 sessions", second, StringComparison.Ordinal);
        Assert.Equal(1, second.Split("Statistical contrast").Length - 1);
    }

    [Fact]
    public async Task Their_text_is_left_alone_where_ours_does_not_fit()
    {
        var request = Samples.Request(await Samples.OrderDeskAsync()) with { Current = new() { StudentText = new string('w', 900) } };

        Assert.Equal(JsonValueKind.Null, (await Samples.AskAsync(request)).Answer.GetProperty("student_pamphlet").ValueKind);
    }

    [Fact]
    public async Task Texts_keep_within_the_configured_limit()
    {
        var request = Samples.Request(await Samples.OrderDeskAsync()) with { Options = new LearningOptions { PlaybookLimit = 320 } };

        Assert.InRange((await Samples.AskAsync(request)).Answer.GetProperty("student_pamphlet").GetString()!.Length, 200, 320);
    }
}
