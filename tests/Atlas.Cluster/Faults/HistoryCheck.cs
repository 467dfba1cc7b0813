using Atlas.Cluster.Histories;
using Atlas.Cluster.Linearizability;
using Xunit;

namespace Atlas.Cluster.Faults;

/// <summary>Demands that what was seen of heads could have happened one after the other.</summary>
internal static class HistoryCheck
{
    public static void Demand(IEnumerable<HeadHistory> heads)
    {
        foreach (var head in heads)
        {
            var seen = head.Seen;
            var verdict = LinearizabilityChecker.Check(PlaybookHead.Knowing(seen), seen);
            if (verdict is not Verdict.Linearizable)
            {
                var file = Path.Combine(Path.GetTempPath(), $"atlas-history-{Guid.NewGuid():N}.txt");
                File.WriteAllLines(file, seen.OrderBy(item => item.Invoked).Select(item => $"{item.Invoked} {item.Returned} {item.Operation}"));
                Assert.Fail($"The history of {head.Key}, {seen.Count} operations, is {verdict}; it is in {file}.");
            }
        }
    }
}
