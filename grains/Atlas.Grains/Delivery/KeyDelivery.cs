using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Storage.Learning;

namespace Atlas.Grains.Delivery;

/// <summary>Tells a learning key of a finished or reviewed session. The key counts it once, however often it is told.</summary>
internal sealed class KeyDelivery(IGrainFactory grains, LearningLedger ledger)
{
    public async Task<SessionCounted> DeliverAsync(PendingDelivery delivery)
    {
        if (delivery.Problem is { } problem)
        {
            throw new FormatException($"What the outbox holds of session {delivery.SessionId} cannot be read: {problem}");
        }

        var key = grains.GetGrain<ILearningKeyGrain>(delivery.LearningKey);
        SessionCounted? answer = null;
        if (delivery.Outcome is { } outcome)
        {
            answer = await key.Record(new FinishedSession(outcome, delivery.Teaches, delivery.IsLateReward));
            if (delivery.IsLateReward && !answer.KnowsReward)
            {
                throw new AtlasUnavailableException("The silo that owns the learning key knows of no late rewards yet; it is told again.");
            }
        }

        if (delivery.Review is { } review)
        {
            answer = await key.Review(delivery.SessionId, review, delivery.Teaches, delivery.Outcome);
        }

        // What led to an event left the outbox with it; what changed nothing is taken out here. A late reward always is: of an event
        // it cannot be told in SQL whether it was counted with it.
        if (answer is not { Counted: true } || delivery.Review is not null || delivery.IsLateReward)
        {
            await ledger.SettleAsync(delivery);
        }

        return answer ?? throw new InvalidOperationException(
            $"The delivery of session {delivery.SessionId} to {delivery.LearningKey} holds neither an outcome nor a review.");
    }
}
