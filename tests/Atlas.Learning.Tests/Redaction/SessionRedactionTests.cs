using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Learning.Digest;
using Atlas.Learning.Redaction;
using Atlas.Testing.Digest;
using Xunit;

namespace Atlas.Learning.Tests.Redaction;

public sealed class SessionRedactionTests
{
    private const string Said = "write to ada@example.com";

    [Theory]
    [InlineData(RedactionMode.All, "write to [redacted email]", 1)]
    [InlineData(RedactionMode.Digest, Said, 1)]
    [InlineData(RedactionMode.Off, Said, 0)]
    public void Each_mode_stores_and_tells_what_it_says(RedactionMode mode, string stored, int found)
    {
        var (redaction, findings) = (new SessionRedaction(Redactor.Default, mode), new Findings());

        var completion = redaction.Completion(new CompleteSession(SessionStatus.Succeeded, Said), findings);

        Assert.Equal(stored, completion.FinalAnswer);
        Assert.Equal(found, findings.All.Length);
        Assert.All(findings.All, finding => Assert.Equal(new Finding("email", "final_answer", 1), finding));
    }

    [Theory]
    [InlineData(148)]
    [InlineData(149)]
    public void A_long_place_is_not_cut_within_a_character(int letters)
    {
        var findings = new Findings();

        findings.Add("metadata", $".{new string('a', letters)}\U0001f600\U0001f600\U0001f600", "email");

        var place = Assert.Single(findings.All).Place;
        Assert.EndsWith("…", place, StringComparison.Ordinal);
        Assert.Equal(place, StorableText.Plain(place));
    }

    [Fact]
    public void A_digest_is_made_of_redacted_words_whatever_the_mode()
    {
        var message = JsonElement.Parse("""{"payload": {"event_type": "LLM_END", "data": {"output": "the password: \"swordfish\" opens it"}}, "metadata": {"actor": "student"}}""");

        var digest = SessionDigester.FromEvents("the secret: \"haddock\" opens it", [message]);

        Assert.Contains("opens", digest.TaskWords);
        Assert.Contains("opens", digest.StudentWords);
        Assert.DoesNotContain("haddock", digest.TaskWords);
        Assert.Empty(digest.StudentWords.Intersect(["swordfish", "redacted"]));
    }

    [Fact]
    public void Who_reviewed_stays_and_what_was_said_goes()
    {
        var decision = new SessionRedaction(Redactor.Default, RedactionMode.All).Review(new ReviewDecision(ReviewStatus.Approved, "ada@example.com", Said), new Findings());

        Assert.Equal("ada@example.com", decision.Reviewer);
        Assert.Equal("write to [redacted email]", decision.Note);
    }

    [Fact]
    public void No_text_of_a_message_is_left_as_it_was_said()
    {
        var redaction = new SessionRedaction(Redactor.Default, RedactionMode.All);
        var reward = new SessionReward(1, Judge: Said, Rationale: Said);
        var usage = new UsageSnapshot
        {
            Roles = Named(Said, Named(Said, new EntryCounters
            {
                RuntimeHandle = Said,
                Category = Said,
                Metadata = new(
                    new EntryCue { Type = Said, Pattern = Said, Description = Said, Extra = new() { [Said] = JsonSerializer.SerializeToElement(Said) } },
                    new EntryScope { Category = Said, Constraints = Said, AppliesWhen = Said, Extra = new() { [Said] = JsonSerializer.SerializeToElement(Said) } },
                    Said),
                CueExamples = [Said],
                AdoptionExamples = [JsonSerializer.SerializeToElement(Said)],
            })),
            Detectors = Named(Said, ImmutableArray.Create(new CueHit(Said, Said, Said))),
            Session = new SessionCounters { TokenUsage = Named(Said, 1.0), IncidentId = Said, TaskIdentifier = Said, IncidentTags = [Said], FailureEvents = [new FailureEvent(1, Said)] },
        };

        foreach (var stored in (object[])
        [
            redaction.Reward(reward, new Findings()),
            redaction.Completion(new CompleteSession(SessionStatus.Succeeded, Said, reward), new Findings()),
            redaction.Plan(new SessionPlan([new PlanStep(1, Said, [Said], Said, JsonSerializer.SerializeToElement(Said))], default), new Findings()),
            redaction.Usage(usage, new Findings()),
        ])
        {
            var text = JsonSerializer.Serialize(stored, AtlasJson.Options);

            Assert.DoesNotContain("ada@example.com", text, StringComparison.Ordinal);
            Assert.Contains("[redacted email]", text, StringComparison.Ordinal);
        }

        static ImmutableSortedDictionary<string, T> Named<T>(string name, T value) => ImmutableSortedDictionary<string, T>.Empty.Add(name, value);
    }

    [Fact]
    public void A_flood_of_places_is_counted_and_not_listed_without_end()
    {
        var findings = new Findings();
        var flood = JsonSerializer.SerializeToElement(Enumerable.Range(0, 500).Select(n => $"mail-{n}@example.com"));

        new SessionRedaction(Redactor.Default, RedactionMode.All).Json(flood, "events[0]", findings);

        Assert.InRange(findings.All.Length, 2, 60);
        Assert.Equal(500, findings.All.Sum(found => found.Times));
    }
}
