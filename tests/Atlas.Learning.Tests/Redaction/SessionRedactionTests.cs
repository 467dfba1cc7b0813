using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Sessions;
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
    public void A_flood_of_places_is_counted_and_not_listed_without_end()
    {
        var findings = new Findings();
        var flood = JsonSerializer.SerializeToElement(Enumerable.Range(0, 500).Select(n => $"mail-{n}@example.com"));

        new SessionRedaction(Redactor.Default, RedactionMode.All).Json(flood, "events[0]", findings);

        Assert.InRange(findings.All.Length, 2, 60);
        Assert.Equal(500, findings.All.Sum(found => found.Times));
    }
}
