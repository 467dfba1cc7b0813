using System.Collections.Immutable;
using Atlas.Domain.Experiments;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>Applies experiment events to a key's trials; see <see cref="LearningKeyFold"/>.</summary>
internal static class ExperimentFold
{
    public static KeyTrials Start(KeyTrials trials, ExperimentStarted started) => Over(trials) with
    {
        Evidence = trials.Evidence with
        {
            Experiment = new ExperimentTrial
            {
                Number = started.Number,
                Plan = started.Plan,
                Sha = started.Sha,
                StartedAt = started.At,
                StartedBy = started.Author,
                Reason = started.Reason,
            },
        },
        FirstArm = started.FirstArm,
        NewArm = started.NewArm,
        ExperimentsStarted = started.Number,
    };

    public static KeyTrials Decide(KeyTrials trials, ExperimentDecided decided) => trials.Evidence.Experiment is not { } experiment ? trials : trials with
    {
        Evidence = trials.Evidence with { Experiment = experiment with { Status = ExperimentStatus.Decided, Decision = decided.Decision } },
        FirstArm = null,
        NewArm = null,
    };

    public static KeyTrials End(KeyTrials trials, ExperimentEnded ended) => trials.Evidence.Experiment is not { } experiment ? trials : Over(trials with
    {
        Evidence = trials.Evidence with { Experiment = experiment with { Status = ended.Status, Decision = ended.Decision, EndedAt = ended.At } },
    });

    /// <summary>Moves the finished experiment to the past ones.</summary>
    private static KeyTrials Over(KeyTrials trials)
    {
        if (trials.Evidence.Experiment is not { } over)
        {
            return trials;
        }

        var past = (trials.PastExperiments ?? []).Add(over);
        return trials with
        {
            Evidence = trials.Evidence with { Experiment = null },
            FirstArm = null,
            NewArm = null,
            PastExperiments = past.Length <= KeyTrials.MostPast ? past : past[^KeyTrials.MostPast..],
        };
    }
}
