using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Drift;
using Atlas.Learning.History;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Review;
using Atlas.Learning.Usage;

namespace Atlas.Learning.Tests.Options;

/// <summary>What is decided under some rules about the same sessions, answers and entries, as one text to compare.</summary>
internal static class Decisions
{
    public static string Of(Rules rules) => string.Join('\n', Syntheses(rules).Concat(Sessions(rules)).Concat(Reading(rules)));

    private static IEnumerable<string> Syntheses(Rules rules)
    {
        string[][] answers =
        [
            [Build.Candidate(pattern: "queue.*stuck", type: "regex", imperative: "Look at the backlog before anything is restarted by hand")],
            [Build.Candidate(handle: "logs.tail")],
            [Build.Candidate(handle: "logs.tail"), Build.Candidate(id: "good")],
            [Build.Candidate(type: "regex", pattern: "(unclosed")],
            [Build.Candidate(type: "smell")],
            [Build.Candidate(imperative: "Handle the lowercase variant")],
            [Build.Candidate(imperative: "Open Casebook before replying")],
            [Build.Candidate(imperative: new string('x', 500))],
            ["""{"audience": "student", "cue": {"type": "keyword", "pattern": "queue"}, "action": {"imperative": "Check it", "runtime_handle": "metrics.query"}}"""],
        ];
        foreach (var answer in answers)
        {
            var result = Build.Apply(
                Build.Playbook(Measured()), Build.Answer(answer, "'session_student_learning': 'a note'"), Build.Context(rules.Learning));
            yield return Text(result);
        }
    }

    private static IEnumerable<string> Sessions(Rules rules)
    {
        double[] scores = [.1, .2, .1, .2, .1, .2, .9, .91, .89, .9, .91, .92];
        foreach (var (past, score) in (IEnumerable<(double[], double)>)[(scores, .3), ([.5, .5, .5, .5, .5, .5, .5], .9)])
        {
            var window = past.Select((one, index) => new RewardSample(index + 1, one, null, null))
                .Aggregate(DriftWindow.Empty, (sofar, sample) => sofar.Add(sample, rules.Safety.Drift.Window));
            var drift = DriftDetector.Assess(window.Samples, new RewardSample(99, score, null, null), rules.Safety.Drift, "key");
            yield return Text(drift);
            yield return Text(RunReview.Decide(succeeded: true, drift, rules.Safety.Review));
        }

        yield return Text(RunReview.Decide(succeeded: true, drift: null, rules.Safety.Review));
        yield return TeachingRule.ReasonNotTo(rules.Learning, rules.Safety.Review, ReviewStatus.Pending, driftAlert: false, hasReward: true) ?? "it teaches";
        yield return string.Join(',', ExportStatuses.Resolve(
            rules.Safety.Review.DefaultExportStatuses, environment: null, rules.Safety.Review.RequireApproval, added: [], all: false));
        yield return Text(LearningHistory.Of(
            scores.Select(score => new HistoryRecord { Reward = JsonSerializer.SerializeToElement(new { score }), CreatedAt = "2026-01-01T00:00:00+00:00" }),
            rules.Learning.HistoryLimit));
    }

    private static IEnumerable<string> Reading(Rules rules)
    {
        var entries = Build.Playbook(Build.Entry("one"), Build.Entry("two"));
        yield return GivenText.Of(entries with { StudentPreface = new string('x', 100) }, "student", rules.Learning.PlaybookLimit)?.Sha256 ?? "nothing";
        yield return CurrentPlaybook.IsStaged(new LearningKeyState(), rules.Learning) ? "staged" : "in the prompts";

        var tracker = new UsageTracker(rules.Learning.UsageTracking);
        tracker.Register(CueDetectorSet.For(entries.Entries));
        tracker.Detect("student", "Mind the retry budget of today", 1);
        tracker.Detect("student", "Mind the retry budget of tomorrow", 2);
        tracker.RecordOutcome(new UsageOutcome { RewardScore = 0.5 });
        yield return Text(tracker.Snapshot());
    }

    /// <summary>Entries that are pruned, or kept, for different reasons.</summary>
    private static PlaybookEntry[] Measured() =>
    [
        Build.Entry("never-hit", impact: Impact(observed: 15, withHits: 0, with: 0, without: 0.5)),
        Build.Entry("often-hit", impact: Impact(observed: 15, withHits: 12, with: 0.8, without: 0.6)),
        Build.Entry("one-incident", impact: Impact(observed: 25, withHits: 20, with: 0.9, without: 0.5) with { IncidentIds = ["inc-1"] }),
    ];

    private static EntryImpact Impact(int observed, int withHits, double with, double without) => new()
    {
        SessionsObserved = observed,
        SessionsWithHits = withHits,
        SessionsWithoutHits = observed - withHits,
        TotalCueHits = withHits,
        SuccessfulAdoptions = withHits,
        RewardWithSum = with * withHits,
        RewardWithCount = withHits,
        RewardWithoutSum = without * (observed - withHits),
        RewardWithoutCount = observed - withHits,
    };

    private static string Text<T>(T decision) => JsonSerializer.Serialize(decision, AtlasJson.Options);
}
