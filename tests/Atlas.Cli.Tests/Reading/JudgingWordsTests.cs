using System.Text.Json;
using Atlas.Cli.Sessions;
using Atlas.Domain;
using Atlas.Learning.Sessions;
using Atlas.Queries;
using Atlas.Queries.Sessions;
using Xunit;

namespace Atlas.Cli.Tests.Reading;

public sealed class JudgingWordsTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(JudgingStatus.Pending, 0, null, "waits for a silo with a judge")]
    [InlineData(JudgingStatus.Pending, 1, null, "under way")]
    [InlineData(JudgingStatus.Pending, 2, "It is on holiday.", "waits, with another attempt at 2026-03-01 12:00:00Z, 2 attempts, 4 calls, 50 tokens. It is on holiday.")]
    [InlineData(JudgingStatus.Judged, 1, null, "judged by session_reward at 2026-03-01 12:05:00Z, 4 calls, 50 tokens")]
    [InlineData(JudgingStatus.Failed, 8, "It is on holiday.", "given up at 2026-03-01 12:05:00Z, 8 attempts, 4 calls, 50 tokens; there is no reward. It is on holiday.")]
    public void A_judging_is_told_in_words(JudgingStatus state, int attempts, string? reason, string expected) => Assert.Equal(
        expected,
        JudgingWords.Of(Session(SessionStatus.Succeeded) with
        {
            Judging = new StoredJudging(
                state, attempts, At, state is JudgingStatus.Judged ? "session_reward" : null, reason, new TokenUsage(4, 40, 10), At, At.AddMinutes(5)),
        }));

    [Fact]
    public void A_session_that_nobody_judges_says_why()
    {
        Assert.Equal("the session still runs", JudgingWords.Of(Session(SessionStatus.Running)));
        Assert.Equal("none, because the session failed", JudgingWords.Of(Session(SessionStatus.Failed)));
        Assert.Equal("the session brought its reward", JudgingWords.Of(Session(SessionStatus.Succeeded) with { Reward = JsonElement.Parse("""{"score": 1}""") }));
        Assert.Equal("none: the session brought no reward and no judge was configured", JudgingWords.Of(Session(SessionStatus.Succeeded)));
    }

    private static SessionDetail Session(SessionStatus status) => new()
    {
        Summary = new SessionSummary
        {
            Id = 1,
            Task = "Refund order 1042",
            Status = status,
            ReviewStatus = ReviewStatus.Pending,
            CreatedAt = At,
        },
    };
}
