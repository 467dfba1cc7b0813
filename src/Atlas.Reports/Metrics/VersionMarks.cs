using System.Collections.Immutable;
using Atlas.Reports.Documents;

namespace Atlas.Reports.Metrics;

/// <summary>Finds the position of each version among the sessions.</summary>
/// <param name="versions">The versions, oldest first.</param>
internal sealed class VersionMarks(ImmutableArray<VersionMark> versions)
{
    private readonly ImmutableArray<VersionMark>.Builder _placed = ImmutableArray.CreateBuilder<VersionMark>(versions.Length);

    /// <param name="at">When the next session began; sessions must be passed in that order.</param>
    /// <param name="before">The number of sessions before it.</param>
    public void Pass(DateTimeOffset at, long before)
    {
        while (_placed.Count < versions.Length && versions[_placed.Count].CreatedAt <= at)
        {
            _placed.Add(versions[_placed.Count] with { SessionsBefore = before });
        }
    }

    public ImmutableArray<VersionMark> Build(long sessions)
    {
        Pass(DateTimeOffset.MaxValue, sessions);
        return _placed.ToImmutable();
    }
}
