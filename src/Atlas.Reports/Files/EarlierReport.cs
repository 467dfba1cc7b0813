using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Reports.Documents;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Files;

/// <summary>A report of an earlier run, whichever version wrote it.</summary>
public sealed class EarlierReport
{
    private readonly JsonElement _document;

    private EarlierReport(JsonElement document)
    {
        _document = document;
    }

    /// <summary>Reads a file <c>&lt;slug&gt;_summary.json</c>.</summary>
    /// <exception cref="JsonException">It does not contain a JSON object.</exception>
    public static async Task<EarlierReport> ReadAsync(Stream file, CancellationToken cancellationToken = default)
    {
        using var document = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken).ConfigureAwait(false);
        var root = document.RootElement;
        return root.ValueKind == JsonValueKind.Object
            ? new EarlierReport(JsonSerializer.SerializeToElement(
                root.EnumerateObject().Where(member => member.Name is "session_count" or "reward" or "model_breakdown")
                    .ToDictionary(member => member.Name, member => member.Value)))
            : throw new JsonException("A report is a JSON object.");
    }

    /// <summary>Compares a report with this one.</summary>
    public RunComparison Compare(LearningReport current, double confidence)
    {
        ArgumentNullException.ThrowIfNull(current);
        var reward = JsonRead.TryGet(_document, "reward", out var earlier) ? earlier : default;
        return new RunComparison
        {
            RecentMeanDelta = current.Reward.RecentMean - JsonRead.Number(reward, "recent_mean"),
            RecentMeanDeltaInterval = Interval(
                reward, "recent_count", "recent_mean", "recent_stddev",
                current.Reward.RecentCount, current.Reward.RecentMean, current.Reward.RecentStddev, confidence),
            LatestScoreDelta = current.Reward.LatestScore - JsonRead.Number(reward, "latest_score"),
            SessionCountDelta = current.SessionCount - (long)(JsonRead.Number(_document, "session_count") ?? 0),
            ModelDeltas = Models(current, confidence),
        };
    }

    private ImmutableSortedDictionary<string, ModelDelta> Models(LearningReport current, double confidence)
    {
        var before = JsonRead.TryGet(_document, "model_breakdown", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().DistinctBy(Name).ToDictionary(Name, StringComparer.Ordinal)
            : [];
        var deltas = ImmutableSortedDictionary.CreateBuilder<string, ModelDelta>(StringComparer.Ordinal);
        foreach (var model in current.ModelBreakdown)
        {
            var name = $"{model.Role}:{model.ModelId}";
            before.Remove(name, out var earlier);
            var delta = new ModelDelta(
                model.SessionCount - (long)(JsonRead.Number(earlier, "session_count") ?? 0),
                model.RewardMean - JsonRead.Number(earlier, "reward_mean"),
                Interval(
                    earlier, "reward_count", "reward_mean", "reward_stddev",
                    model.RewardCount, model.RewardMean, model.RewardStddev, confidence));
            if (delta is not { SessionCountDelta: 0, RewardMeanDelta: null or 0 })
            {
                deltas[name] = delta;
            }
        }

        foreach (var (name, gone) in before)
        {
            deltas[name] = new ModelDelta(-(long)(JsonRead.Number(gone, "session_count") ?? 0), null);
        }

        return deltas.ToImmutable();
    }

    private static string Name(JsonElement model) => $"{JsonRead.Text(model, "role")}:{JsonRead.Text(model, "model_id")}";

    private static Interval? Interval(
        JsonElement earlier, string countName, string meanName, string spreadName,
        long count, double? mean, double? spread, double confidence)
    {
        if (JsonRead.Number(earlier, countName) is not { } earlierCount || JsonRead.Number(earlier, meanName) is not { } earlierMean
            || JsonRead.Number(earlier, spreadName) is not { } earlierSpread || mean is not { } now || spread is not { } nowSpread)
        {
            return null;
        }

        return DifferenceInterval.OfMoments(
            Moments.Of((long)earlierCount, earlierMean, earlierSpread), Moments.Of(count, now, nowSpread), confidence,
            shares: earlierMean is >= 0 and <= 1 && now is >= 0 and <= 1, binary: false);
    }
}
