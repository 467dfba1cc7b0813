using System.Text.Json;
using Atlas.Domain.Sessions;
using Atlas.Models.Judges;

namespace Atlas.Grains.Judging;

/// <summary>Delivers a judgement to the grain that owns the session.</summary>
internal static class JudgedSessions
{
    extension(JudgedSession)
    {
        public static JudgedSession Of(string judge, Judgement judgement) => new(
            judge,
            judgement.Reward is { } reward ? JsonSerializer.SerializeToElement(reward.Reward) : null,
            judgement.Reward is { } rewarded ? JsonSerializer.SerializeToElement(rewarded.Stats) : null,
            JsonSerializer.SerializeToElement(judgement.Audit),
            judgement.Reward is null ? judgement.Problem ?? "The judge gave no reward." : null,
            judgement.Usage);
    }
}
