using Atlas.Contracts;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Journal;

namespace Atlas.Grains.LearningKeys;

/// <summary>Tells of an alarm, and answers it with a trial.</summary>
internal sealed class AlarmAnswer(string key, GroupCommit commit, LearningServices services)
{
    private DateTimeOffset? _told;

    /// <summary>Tells operators of an alarm that is new.</summary>
    public void Tell(LearningKeyState state)
    {
        if (state.Trials?.AlarmSince is { } since && since != _told)
        {
            AtlasTelemetry.Alarms.Add(1);
            services.Log.RewardsDeclined(key, since, state.Trials.Rules.AlarmLimit);
        }

        _told = state.Trials?.AlarmSince;
    }

    /// <summary>Tries the current version against the one before the decline that an alarm tells of. The alarm stays in the state until then,
    /// so that the next session does it where this one could not.</summary>
    public async Task AnswerAsync()
    {
        if (AlarmDecisions.AsksFor(commit.Committed, services.Learning) is not { } good)
        {
            return;
        }

        try
        {
            if (await services.Archive.FindAsync(key, good) is { } version)
            {
                await commit.ExecuteAsync(state => AlarmDecisions.Answer(state, version, services.Learning, services.Time.GetUtcNow()));
            }
        }
        catch (AtlasUnavailableException later)
        {
            services.Log.AlarmNotAnswered(later, key, good);
        }
    }
}
