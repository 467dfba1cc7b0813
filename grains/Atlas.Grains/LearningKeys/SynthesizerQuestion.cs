using System.Collections.Immutable;
using Atlas.Grains.Spending;
using Atlas.Grains.Synthesis;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Synthesis;
using Atlas.Models.Synthesis;

namespace Atlas.Grains.LearningKeys;

/// <summary>Asks a synthesizer, books what the answer cost, and prepares what it is judged by.</summary>
internal static class SynthesizerQuestion
{
    /// <param name="services">The services of the key.</param>
    /// <param name="synthesizer">Whom to ask.</param>
    /// <param name="snapshot">The key as the synthesizer sees it.</param>
    /// <param name="evidence">What it is shown; with at least one session.</param>
    /// <param name="stopping">Stops asking.</param>
    public static async Task<SynthesisProposal> AskAsync(
        LearningServices services, ISynthesizer synthesizer, LearningKeyState snapshot, SynthesisEvidence evidence, CancellationToken stopping)
    {
        // The newest session caused the synthesis, so its owner pays.
        var bill = synthesizer.CallsModel ? await services.Spending.BillAsync(evidence.SessionIds[^1], stopping) : new Bill([]);
        ModelSpending.Charge(bill);
        var answer = await synthesizer.SynthesizeAsync(evidence.Request, stopping);
        await services.Spending.BookAsync(bill, answer.Usage);
        var context = evidence.JudgedAt(services.Time.GetUtcNow(), snapshot);
        if (services.Meanings.IsOn && CandidateTexts.Of(snapshot.Playbook, answer.Answer, context) is { Count: > 0 } texts)
        {
            context = context with { Vectors = await services.Meanings.OfAsync(texts, stopping) };
        }

        return new SynthesisProposal
        {
            Synthesizer = synthesizer.Name,
            Snapshot = snapshot,
            SessionIds = evidence.SessionIds,
            Evidence = [.. evidence.Request.Sessions.Select(session => session.Id)],
            Answer = answer.Answer,
            Silence = answer.NothingToSay ? answer.Summary : null,
            Cost = answer.Usage.Calls == 0 ? null : answer.Usage,
            Audit = SynthesisAudit.Of(answer.Audit),
            Support = evidence.Support(
                synthesizer.CallsModel ? services.Learning.Quorum : 1,
                synthesizer.CallsModel && AuthorLimit.Holds(snapshot.Trials, services.Learning)),
            Context = context,
        };
    }
}
