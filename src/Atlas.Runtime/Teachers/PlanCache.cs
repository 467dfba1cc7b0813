using System.Collections.Concurrent;
using Atlas.Domain.Sessions;

namespace Atlas.Runtime.Teachers;

/// <summary>Remembers reviewed plans for a while, across all sessions of a runtime.</summary>
/// <param name="time">The clock.</param>
internal sealed class PlanCache(TimeProvider time)
{
    private const int MostPlans = 1024;

    private readonly ConcurrentDictionary<string, (SessionPlan Plan, long Stored)> _plans = new(StringComparer.Ordinal);

    /// <param name="key">The digest of task, plan and teacher's playbook.</param>
    /// <param name="validity">How old a review can be.</param>
    public SessionPlan? Find(string key, TimeSpan validity) =>
        _plans.TryGetValue(key, out var known) && time.GetElapsedTime(known.Stored) < validity ? known.Plan : null;

    public void Store(string key, SessionPlan plan, TimeSpan validity)
    {
        if (_plans.Count >= MostPlans)
        {
            foreach (var (old, known) in _plans)
            {
                if (time.GetElapsedTime(known.Stored) >= validity)
                {
                    _plans.TryRemove(old, out _);
                }
            }
        }

        if (_plans.Count < MostPlans)
        {
            _plans[key] = (plan, time.GetTimestamp());
        }
    }
}
