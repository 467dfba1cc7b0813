using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts.Sessions;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Xunit;

namespace Atlas.Client.Tests;

/// <summary>What is the caller's own, and what is ours, through Orleans' serializer and back.</summary>
public sealed class JsonOnTheWireTests
{
    private static readonly Serializer Wire = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();
    private static readonly DeepCopier Copier = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<DeepCopier>();

    [Theory]
    [InlineData("""{"a": [1, 2.50, "x\u00e9\ud83d\ude80", null, true], "b": {}}""")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("1e400")]
    public void Any_value_arrives_as_it_was_written(string json) =>
        Assert.Equal(json, Through(new StartSession("task", Metadata: JsonElement.Parse(json))).Metadata!.Value.GetRawText());

    [Fact]
    public void No_value_at_all_stays_none()
    {
        Assert.Null(Through(new StartSession("task")).Metadata);
        Assert.Equal(JsonValueKind.Undefined, Through(new StartSession("task", Metadata: default(JsonElement))).Metadata!.Value.ValueKind);
        Assert.Equal(JsonValueKind.Undefined, Copier.Copy(default(JsonElement)).ValueKind);
    }

    [Fact]
    public void What_arrives_or_is_copied_outlives_the_document_it_came_from()
    {
        JsonElement arrived, copied;
        using (var document = JsonDocument.Parse("""{"a": 1}"""))
        {
            arrived = Through(new StartSession("task", Metadata: document.RootElement)).Metadata!.Value;
            copied = Copier.Copy(document.RootElement);
        }

        Assert.Equal((1, 1), (arrived.GetProperty("a").GetInt32(), copied.GetProperty("a").GetInt32()));
    }

    [Fact]
    public void Records_of_ours_arrive_with_all_they_hold()
    {
        var own = new Dictionary<string, JsonElement> { ["mine"] = JsonElement.Parse("[1]") };
        Same(new SessionPlan([new PlanStep(1, "Look", ["#2", "3"], "find_order", JsonElement.Parse("""{"id": 7}"""))], PlanExecution.SingleShot));
        Same(new StepRecord(
            1, "trace", "output", new StepEvaluation { Validation = new StepValidation { Valid = true, Guidance = "No.", Extra = own }, Reward = new StepReward { Score = 0.5 }, Extra = own },
            JsonElement.Parse("{}"), [null, new StepEvaluation()], ["Be brief."]));
        Same(new UsageSnapshot
        {
            Roles = ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, EntryCounters>>.Empty.Add(
                "student", ImmutableSortedDictionary<string, EntryCounters>.Empty.Add("e1", new EntryCounters
                {
                    CueHits = 1, StepIds = [1], Metadata = new EntrySummary(new EntryCue { Pattern = "x", Extra = own }, new EntryScope(), "effect"), CueExamples = ["x"],
                })),
            Session = new SessionCounters { RewardScore = 0.5, FailureEvents = [new FailureEvent(1, "error")] },
        });
        Same(new LearnedPlaybook
        {
            Form = PlaybookForm.Entries,
            StudentPreface = "Preface.",
            Entries = [new PlaybookEntry { Id = "e1", Metadata = own, Extra = own, Impact = new EntryImpact { SessionsObserved = 2, IncidentIds = ["i"] }, Rubric = new EntryRubric() }],
            Metadata = LearnedPlaybook.Empty.Metadata.Add("b", JsonElement.Parse("1")).Add("a", JsonElement.Parse("2")).Add("B", JsonElement.Parse("3")),
        });
    }

    private static void Same<T>(T value) =>
        Assert.Equal(JsonSerializer.Serialize(value, AtlasJson.Options), JsonSerializer.Serialize(Through(value), AtlasJson.Options));

    private static T Through<T>(T value) => Wire.Deserialize<T>(Wire.SerializeToArray(value))!;
}
