using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Forgetting;
using Atlas.Domain.Json;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Forgetting;
using Atlas.Learning.Journal;
using Atlas.Storage.Forgetting;

namespace Atlas.Grains.LearningKeys;

/// <summary>Forgets sessions of a key while no command is decided on it: rewrites the journal, computes the key's state from it again, and
/// stores everything in one transaction.</summary>
internal sealed class KeyForgetter(string learningKey, GroupCommit commit, LearningServices services)
{
    public async Task<ForgottenKey> ForgetAsync(ImmutableArray<long> sessions, string? subject, Signature by, bool dryRun)
    {
        await commit.ReadyAsync();
        var order = new ForgetOrder([.. sessions], subject);
        if (dryRun)
        {
            return Told(sessions, JournalRewrite.Of(learningKey, await services.Forgetting.ReadJournalAsync(learningKey), order, services.Learning));
        }

        if (commit.Committed.Revision == 0 && !sessions.IsEmpty)
        {
            // The key has counted none of them yet, and must not count one that is on its way.
            await commit.ExecuteAsync(state => state.Revision == 0
                ? new Decision<bool>([new SessionsForgotten { SessionIds = sessions, Reason = by.Reason, At = by.At, Author = by.Author }], true)
                : new Decision<bool>([], false));
        }

        var forgotten = await commit.RewriteAsync((state, version) => RewriteAsync(state, version, order, sessions, by));
        await Task.WhenAll(services.Serving.Select(DropTextsAsync));
        return forgotten;
    }

    // Judges, digests and comparisons keep texts of the key on every silo.
    private async Task DropTextsAsync(SiloAddress silo)
    {
        try
        {
            await services.CopyHolders.DropTextsAsync(silo, learningKey);
        }
        catch (Exception failure)
        {
            services.Log.TextsNotDropped(failure, silo.ToString(), learningKey);
        }
    }

    private async Task<ForgottenKey> RewriteAsync(LearningKeyState state, int version, ForgetOrder order, ImmutableArray<long> sessions, Signature by)
    {
        var journal = await services.Forgetting.ReadJournalAsync(learningKey);
        DemandBooks(state, journal);
        var rewrite = JournalRewrite.Of(learningKey, journal, order, services.Learning);
        var told = Told(sessions, rewrite);
        var receipt = new ForgettingReceipt(
            learningKey, sessions, by.Author, by.Reason, told.Events, told.Versions, [.. told.Withdrawn.Where(entry => !order.IsIn(entry))],
            [.. told.LostSupport.Where(entry => !order.IsIn(entry))]);
        if (rewrite.Changed.IsEmpty && sessions.All(state.HasForgotten))
        {
            if (!sessions.IsEmpty)
            {
                await services.Forgetting.ForgetAsync(receipt, subject: null);
            }

            return told;
        }

        var (events, after) = ForgettingDecisions.Conclude(state, rewrite, sessions, services.Learning, by);
        var stored = await services.Forgetting.ForgetAsync(new KeyForgettingWrite
        {
            LearningKey = learningKey,
            Rewritten = [.. rewrite.Events.Where(happened => rewrite.Changed.BinarySearch(happened.Sequence) >= 0)],
            StateVersion = version,
            StateJson = tombstones => JsonSerializer.Serialize(
                LearningKeyRecord.Of(after, [.. events.Select(happened => happened is SessionsForgotten forgotten ? forgotten with { Tombstones = tombstones } : happened)]),
                AtlasJson.Options),
            Receipt = receipt,
        });
        return stored ? told : throw new AtlasUnavailableException("Another silo owns this learning key now. Send the request again.");
    }

    private static ForgottenKey Told(ImmutableArray<long> sessions, JournalRewrite rewrite)
    {
        var changed = rewrite.Events.Where(happened => rewrite.Changed.BinarySearch(happened.Sequence) >= 0).ToList();
        return new(null, sessions, changed.Count, changed.OfType<PlaybookChanged>().Count(), rewrite.Withdrawn, rewrite.LostSupport);
    }

    // The new state is computed from the journal, so the journal must agree with the current state.
    private void DemandBooks(LearningKeyState state, ImmutableArray<LearningKeyEvent> journal)
    {
        var folded = LearningKeyFold.Apply(LearningKeyState.Empty with { LearningKey = learningKey }, journal);
        if (!JsonElement.DeepEquals(Json(folded), Json(state)))
        {
            throw new AtlasRefusedException(
                $"The state of the learning key {learningKey} does not agree with its journal, so it cannot be rebuilt without the sessions to be forgotten. "
                + "`atlas doctor --ledger` shows what was changed; repair it first.");
        }

        static JsonElement Json(LearningKeyState state) => JsonSerializer.SerializeToElement(LearningKeyRecord.Of(state, []), AtlasJson.Options);
    }
}
