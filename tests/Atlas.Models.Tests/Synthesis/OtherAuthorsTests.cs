using System.Text.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
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
    public async Task Entries_of_others_are_left_alone_and_its_own_go_when_they_no_longer_hold()
    {
        var outdated = Theirs with
        {
            Id = "offline-gone",
            Metadata = new() { ["synthesizer"] = JsonDocument.Parse("\"offline\"").RootElement },
        };
        var request = Samples.Request(await Samples.OrderDeskAsync()) with { Current = new() { Entries = [Theirs, outdated] } };

        var answer = (await Samples.AskAsync(request)).Answer;

        Assert.StartsWith("offline-", Assert.Single(answer.GetProperty("playbook_entries").EnumerateArray()).GetProperty("id").GetString(), StringComparison.Ordinal);
        var retired = Assert.Single(answer.GetProperty("retire_entries").EnumerateArray());
        Assert.Equal("offline-gone", retired.GetProperty("id").GetString());
        Assert.NotEqual("", retired.GetProperty("reason").GetString());
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
        var request = Samples.Request(sessions) with { Current = new() { StudentPreface = "Be brief." } };

        var first = (await Samples.AskAsync(request)).Answer.GetProperty("student_pamphlet").GetString()!;
        var second = (await Samples.AskAsync(Samples.Request(sessions[1..]) with { Current = new() { StudentPreface = first } }))
            .Answer.GetProperty("student_pamphlet").GetString()!;

        Assert.StartsWith("Be brief.\n\nStatistical contrast of", first, StringComparison.Ordinal);
        Assert.StartsWith("Be brief.\n\nStatistical contrast of", second, StringComparison.Ordinal);
        Assert.Equal(1, second.Split("Statistical contrast").Length - 1);
    }

    [Fact]
    public async Task Their_text_is_left_alone_where_ours_does_not_fit()
    {
        var request = Samples.Request(await Samples.OrderDeskAsync()) with { Current = new() { StudentPreface = new string('w', 900) } };

        Assert.Equal(JsonValueKind.Null, (await Samples.AskAsync(request)).Answer.GetProperty("student_pamphlet").ValueKind);
    }

    [Fact]
    public async Task Texts_keep_within_the_configured_limit()
    {
        var request = Samples.Request(await Samples.OrderDeskAsync()) with { Options = new LearningOptions { PlaybookLimit = 420 } };

        Assert.InRange((await Samples.AskAsync(request)).Answer.GetProperty("student_pamphlet").GetString()!.Length, 100, 210);
    }
}
