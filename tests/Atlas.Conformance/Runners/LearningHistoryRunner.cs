using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.History;

namespace Atlas.Conformance.Runners;

internal sealed class LearningHistoryRunner : VectorRunner
{
    public override string File => "learning_history";

    public override IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings)
    {
        var input = vector.GetProperty("input");
        var limit = HistoryLimit.Effective(Optional(input, "limit")?.GetInt32());
        HistoryRecord[] records = [.. input.GetProperty("records").EnumerateArray().Select(record => record.Deserialize<HistoryRecord>(AtlasJson.Options)!)];
        var whole = LearningHistory.Of(records, limit);

        // The same from the newest records and the rolling figures, which is how a running system computes it.
        var totals = records.Aggregate(RollingHistory.Empty, (history, record) => history.Add(LearningHistory.ScoreOf(record)));
        var rolling = LearningHistory.Of(records.TakeLast(limit), limit, totals);
        return Compare(vector.GetProperty("expected"), whole)
            .Concat(Compare(vector.GetProperty("expected"), rolling).Select(difference => "from rolling figures: " + difference));
    }
}
