using System.Globalization;
using System.Text.Json.Nodes;
using Atlas.Models.Judges;

namespace Atlas.Grains.Judging;

/// <summary>Checks that a custom judge keeps the contract: a reward is a number from 0 to 1, or there is none.</summary>
internal static class JudgementCheck
{
    public static Judgement Of(string judge, Judgement judgement)
    {
        if (judgement.Reward is not { } reward
            || (Share(reward.Reward["score"]) && Share(reward.Stats["score"]) && Storable(reward.Reward) && Storable(reward.Stats)))
        {
            return judgement;
        }

        return Judgement.None(
            string.Create(CultureInfo.InvariantCulture, $"The judge '{judge}' gave a score that is not a number from 0 to 1, or another figure that is not finite."),
            judgement.Audit,
            judgement.Usage);
    }

    // JSON has no infinity, so a record with one could never be written.
    private static bool Storable(JsonNode record)
    {
        try
        {
            record.ToJsonString();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool Share(JsonNode? score) =>
        score is JsonValue value && value.TryGetValue<double>(out var number) && number is >= 0 and <= 1;
}
