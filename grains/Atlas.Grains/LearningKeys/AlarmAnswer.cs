using Atlas.Contracts;
using Atlas.Grains.Alerts;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;

namespace Atlas.Grains.LearningKeys;

/// <summary>Reports an alarm, and answers it with a trial.</summary>
internal sealed class AlarmAnswer(string key, GroupCommit commit, LearningServices services)
{
    private const string RewardsDeclined = "rewards_declined";

    private DateTimeOffset? _told;

    /// <summary>Reports a new alarm to operators.</summary>
    public void Tell(LearningKeyState state)
    {
        if (state.Trials?.AlarmSince is { } since && since != _told)
        {
            AtlasTelemetry.Alarms.Add(1);
            var (limit, current) = (state.Trials.Rules.AlarmLimit, CurrentPlaybook.Of(state, services.Learning).Version);
            services.Log.RewardsDeclined(key, since, limit);
            services.Alerts.Raise(new KeyAlert(RewardsDeclined, key, since, current, limit, EffectWords.OfAlarm(limit)));
        }

        _told = state.Trials?.AlarmSince;
    }

    /// <summary>Starts a trial of the current version against the last one before the decline, or closes an alarm that no trial can answer.
    /// The alarm stays in the state until then, so that the next session can do it if this one could not.</summary>
    public async Task AnswerAsync()
    {
        if (!AlarmDecisions.IsOpen(commit.Committed))
        {
            return;
        }

        var asked = AlarmDecisions.AsksFor(commit.Committed, services.Learning);
        try
        {
            await commit.ExecuteAsync(
                async () => asked is { } good ? await services.Archive.FindAsync(key, good) : null,
                (state, version) => version is null
                    ? AlarmDecisions.Close(state, asked, services.Learning, services.Time.GetUtcNow())
                    : AlarmDecisions.Answer(state, version, services.Learning, services.Time.GetUtcNow()));
        }
        catch (AtlasUnavailableException later)
        {
            services.Log.AlarmNotAnswered(later, key);
        }
    }
}
