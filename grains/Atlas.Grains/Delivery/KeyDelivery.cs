using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Storage.Learning;

namespace Atlas.Grains.Delivery;

/// <summary>Tells a learning key about a finished or reviewed session. The key counts it once, however often it is told.</summary>
internal sealed class KeyDelivery(IGrainFactory grains, LearningLedger ledger)
{
    public async Task<SessionCounted> DeliverAsync(PendingDelivery delivery)
    {
        if (delivery.Problem is { } problem)
        {
            throw new FormatException($"The outbox row of session {delivery.SessionId} cannot be read: {problem}");
        }

        var key = grains.GetGrain<ILearningKeyGrain>(delivery.LearningKey);
        SessionCounted? answer = null;
        if (delivery.Outcome is { } outcome)
        {
            // What follows from the evidence of a session follows at once, so a quarantined one must not be counted first and taken out later.
            outcome = delivery.Review is { Status: var status } ? outcome with { Quarantined = status is ReviewStatus.Quarantined } : outcome;
            answer = await key.Record(new FinishedSession(outcome, delivery.Teaches, delivery.IsLateReward));
            if (delivery.IsLateReward && !answer.KnowsReward)
            {
                throw new AtlasUnavailableException("The silo that owns the learning key does not support late rewards yet; delivery is retried.");
            }
        }

        if (delivery.Review is { } review)
        {
            answer = await key.Review(delivery.SessionId, review, delivery.Teaches, delivery.Outcome);
        }

        // A delivery that caused an event was removed from the outbox with it; one that changed nothing is removed here. A late reward
        // always is, because SQL cannot tell whether an event counted it.
        if (answer is not { Counted: true } || delivery.Review is not null || delivery.IsLateReward)
        {
            await ledger.SettleAsync(delivery);
        }

        return answer ?? throw new InvalidOperationException(
            $"The delivery of session {delivery.SessionId} to {delivery.LearningKey} contains neither an outcome nor a review.");
    }
}
