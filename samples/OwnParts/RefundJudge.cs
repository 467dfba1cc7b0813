using Atlas.Learning.Rewards;
using Atlas.Models.Judges;

namespace OwnParts;

/// <summary>A judge: the work was good if the customer has a refund.</summary>
internal sealed class RefundJudge(TimeProvider time) : IJudge
{
    public string Name => "refund";

    public Task<Judgement> JudgeAsync(JudgeRequest request, CancellationToken ct)
    {
        if (request.FinalAnswer.Length == 0)
        {
            return Task.FromResult(Judgement.None("The session has no answer."));
        }

        var score = request.FinalAnswer.Contains("refunded", StringComparison.OrdinalIgnoreCase) ? 1.0 : 0.1;
        return Task.FromResult(new Judgement { Reward = RewardRecords.Single(score, uncertainty: 0, Name, rationale: null, time.GetUtcNow()) });
    }
}
