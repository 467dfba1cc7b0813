using System.Collections.Immutable;
using Atlas.Learning.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Metrics;

/// <summary>Figures per role and model.</summary>
internal sealed class ModelBreakdown
{
    private readonly SortedDictionary<(string Role, string Model), Seen> _models = new(Comparer<(string, string)>.Create((left, right) =>
        string.CompareOrdinal(left.Item1, right.Item1) is var role and not 0 ? role : string.CompareOrdinal(left.Item2, right.Item2)));

    public void Add(SessionFacts facts)
    {
        Add("student", facts.StudentModel, facts);
        Add("teacher", facts.TeacherModel, facts);
    }

    public ImmutableArray<ModelFigures> Build() =>
    [
        .. _models.Select(model => new ModelFigures
        {
            Role = model.Key.Role,
            ModelId = model.Key.Model,
            SessionCount = model.Value.Sessions,
            RewardCount = model.Value.Rewards.Count,
            RewardMean = model.Value.Rewards.MeanOrNull,
            RewardStddev = model.Value.Rewards.Count > 1 ? model.Value.Rewards.StandardDeviation : null,
            LatestScore = model.Value.Latest,
            LastSeenAt = model.Value.LastSeen,
        }),
    ];

    private void Add(string role, string? model, SessionFacts facts)
    {
        if (model is null)
        {
            return;
        }

        if (!_models.TryGetValue((role, model), out var seen))
        {
            _models[(role, model)] = seen = new Seen();
        }

        seen.Sessions++;
        seen.LastSeen = facts.CreatedAt;
        if (facts.Score is { } score)
        {
            seen.Rewards.Add(score);
            seen.Latest = score;
        }
    }

    private sealed class Seen
    {
        // A field, because the struct is mutable.
        public Moments Rewards;

        public long Sessions { get; set; }

        public double? Latest { get; set; }

        public DateTimeOffset LastSeen { get; set; }
    }
}
