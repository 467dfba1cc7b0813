using Atlas.Learning.Journal;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Journal;

public sealed class SessionIdSetTests
{
    [Fact]
    public void Neighbouring_ids_collapse_into_one_range()
    {
        var set = new long[] { 5, 7, 6, 4 }.Aggregate(SessionIdSet.Empty, (set, id) => set.Add(id));

        Assert.Equal([new SessionIdRange(4, 7)], set.Ranges);
    }

    [Fact]
    public void Answers_like_a_set_in_any_order_of_additions_and_removals() =>
        Gen.Select(Gen.Long[1, 60], Gen.Bool).List[0, 120].Sample(steps =>
        {
            var expected = new HashSet<long>();
            var set = SessionIdSet.Empty;
            foreach (var (id, adds) in steps)
            {
                set = adds ? set.Add(id) : set.Remove(id);
                _ = adds ? expected.Add(id) : expected.Remove(id);
            }

            return Enumerable.Range(1, 61).All(id => set.Contains(id) == expected.Contains(id));
        });

    [Fact]
    public void Stays_bounded_and_never_claims_to_know_what_it_forgot() =>
        Gen.Long[1, 5_000].List[0, 2_000].Sample(ids =>
        {
            var added = new HashSet<long>();
            var set = SessionIdSet.Empty;
            foreach (var id in ids)
            {
                set = set.Add(id);
                added.Add(id);
            }

            return set.Ranges.Length <= SessionIdSet.MaxRanges
                && Enumerable.Range(1, 5_000).All(id => set.Contains(id) is not { } known || known == added.Contains(id));
        }, iter: 100);

    [Fact]
    public void Ids_of_a_busy_key_need_no_room_to_speak_of()
    {
        var set = SessionIdSet.Empty;
        for (var id = 1L; id <= 1_000_000; id++)
        {
            set = set.Add(id);
        }

        Assert.Single(set.Ranges);
        Assert.Equal(0, set.ForgottenUpTo);
    }
}
