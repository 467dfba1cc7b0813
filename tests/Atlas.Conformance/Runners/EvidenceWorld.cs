using System.Globalization;
using System.Text.Json;
using Atlas.Learning.Evidence;

namespace Atlas.Conformance.Runners;

/// <summary>Plays a world of ten tasks whose rewards are drawn as the trial is, up to the session that a case is about.</summary>
internal static class EvidenceWorld
{
    private const string Entry = "rule-a";
    private const string Salt = "s1";
    private const int TaskCount = 10;

    private static readonly EvidenceOptions Options = new();

    /// <summary>What differs.</summary>
    /// <param name="vector">The case.</param>
    /// <param name="file">All cases: how long a world lasts, and so how fast it drifts, is told by its last one.</param>
    public static IEnumerable<string> Run(JsonElement vector, IReadOnlyList<JsonElement> file)
    {
        var world = EvidenceRunner.Text(vector, "world");
        var length = file.Where(other => EvidenceRunner.Text(other, "kind") == "evidence" && EvidenceRunner.Text(other, "world") == world).Max(other => EvidenceRunner.Whole(other, "n"));
        var (q, tau) = (EvidenceRunner.Number(vector, "q"), EvidenceRunner.Number(vector, "tau"));
        var (drift, bases) = (EvidenceRunner.Number(vector, "drift"), EvidenceRunner.Numbers(vector, "base"));
        var half = vector.GetProperty("half").GetBoolean();

        var (expectation, evidence, observation, task) = (TaskExpectation.None, TrialEvidence.None, default(TrialObservation), "");
        var first = new Dictionary<string, int>();
        for (var i = 0; i < EvidenceRunner.Whole(vector, "n"); i++)
        {
            var unit = EvidenceRunner.Session(i);
            task = (i % TaskCount).ToString(CultureInfo.InvariantCulture);
            var held = TrialDraw.Falls(TrialDraw.Of(TrialDraw.Withhold, world, Entry, Salt, unit), q);
            var rate = bases[i % TaskCount % bases.Length] + (drift * i / length) + (held ? 0 : tau);
            double reward = TrialDraw.Falls(TrialDraw.Of("reward", world, Entry, Salt, unit), rate) ? 1 : 0;
            reward = half && i % 3 == 0 ? (reward / 2) + 0.25 : reward;
            observation = new TrialObservation(!held, 1 - q, expectation.Of(task), reward);
            evidence = evidence.Add(observation);
            expectation = expectation.Add(task, reward, i);
            first.TryAdd(Word(EvidenceFindings.Of(evidence, Options)), i + 1);
        }

        var bounds = ConfidenceSequence.Of(evidence);
        return EvidenceRunner.Agree(vector, new
        {
            task,
            shown = observation.Shown,
            m = observation.M,
            y = observation.Y,
            log_e_help = evidence.LogHelp(),
            log_e_harm = evidence.LogHarm(),
            log_e_noninferior = evidence.LogHelp(Options.Margin),
            log_e_futile = evidence.LogHarm(Options.Margin),
            low = bounds.Low,
            high = bounds.High,
            estimate = evidence.MeanDifference,
            shown_n = evidence.Shown,
            held_n = evidence.Held,
            decision = Word(EvidenceFindings.Of(evidence, Options)),
            first,
        });
    }

    private static string Word(EvidenceFinding finding) => finding switch
    {
        EvidenceFinding.Harmful => "withdraw",
        EvidenceFinding.Helps => "helps",
        EvidenceFinding.NoUse => "no_use",
        EvidenceFinding.NotHarmful => "not_harmful",
        EvidenceFinding.Suspect => "suspect",
        _ => "open",
    };
}
