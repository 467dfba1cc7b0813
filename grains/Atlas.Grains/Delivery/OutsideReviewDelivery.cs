using Atlas.Grains.Background;
using Atlas.Grains.Telemetry;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Storage.Learning;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Delivery;

/// <summary>Processes reviews that another program wrote into the table of sessions, as if its user had given them here.</summary>
internal sealed class OutsideReviewDelivery(
    OutsideReviews reviews, CompletionFaults faults, IGrainFactory grains, TimeProvider time, ILogger<OutsideReviewDelivery> log)
    : PeriodicSweep(TimeSpan.FromSeconds(2), time)
{
    private const int Batch = 100;

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        foreach (var review in await reviews.ClaimAsync(Batch, stopping))
        {
            await TellAsync(review);
        }
    }

    protected override void Failed(Exception failure) => log.OutsideReviewsFailed(failure, Pause);

    private async Task TellAsync(OutsideReview review)
    {
        try
        {
            await grains.GetGrain<ISessionGrain>(review.SessionId).Review(new ReviewDecision(WireName.Parse<ReviewStatus>(review.Status), review.Reviewer, review.Note));
        }
        catch (Exception refused) when (refused is AtlasRefusedException or WireNameException)
        {
            // For example a status unknown to Atlas: it stays in the row without consequences.
            await faults.NoteAsync(review.SessionId, CompletionFaults.Review, learningKey: null, refused);
        }

        await reviews.SettleAsync(review);
    }
}
