using Atlas.Contracts.Playbooks;
using Atlas.Contracts.Review;
using Atlas.Storage.Learning;

namespace Atlas.Grains.Delivery;

/// <summary>Tells a learning key of a finished or reviewed session. The key counts it once, however often it is told.</summary>
internal sealed class KeyDelivery(IGrainFactory grains, LearningLedger ledger)
{
    public async Task<SessionCounted> DeliverAsync(PendingDelivery delivery)
    {
        var key = grains.GetGrain<ILearningKeyGrain>(delivery.LearningKey);
        SessionCounted? answer = null;
        if (delivery.Outcome is { } outcome)
        {
            answer = await key.Record(new FinishedSession(delivery.SessionId, outcome.GetRawText(), delivery.Teaches));
        }

        if (delivery.Review is { } review)
        {
            answer = await key.Review(delivery.SessionId, new ReviewDecision(review.Status, review.Reviewer, review.Note), delivery.Teaches);
        }

        // What led to an event left the outbox with it; what changed nothing is taken out here.
        if (answer is not { Counted: true } || delivery.Review is not null)
        {
            await ledger.SettleAsync(delivery);
        }

        return answer ?? throw new InvalidOperationException(
            $"The delivery of session {delivery.SessionId} to {delivery.LearningKey} holds neither an outcome nor a review.");
    }
}
