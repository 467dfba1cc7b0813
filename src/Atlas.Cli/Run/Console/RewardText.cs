using Atlas.Cli.Output;
using Atlas.Domain;

namespace Atlas.Cli.Run.Console;

/// <summary>Formats a reward.</summary>
internal static class RewardText
{
    /// <summary>Returns <c>0.80 ± 0.05 (session_reward)</c>; without the middle part if the uncertainty is unknown.</summary>
    public static string Of(SessionReward reward) =>
        $"{Wording.Score(reward.Score)}{(reward.Uncertainty is { } doubt ? $" ± {Wording.Score(doubt)}" : "")} ({reward.Judge})";
}
