using Atlas.Cluster.Histories;
using CsCheck;
using Xunit;

namespace Atlas.Cluster.Linearizability;

/// <summary>The checker itself: what it must accept, and what it must not.</summary>
public sealed class CheckerTests
{
    private static readonly PlaybookHead Head = new();

    [Fact]
    public void Nothing_at_all_is_linearizable() => Assert.Equal(Verdict.Linearizable, Check());

    [Fact]
    public void A_read_that_overlaps_a_change_may_see_it_or_not()
    {
        Assert.Equal(Verdict.Linearizable, Check(Import("a", 1, 0, 10), Resolve(0, "", 2, 4), Resolve(1, "a", 5, 8)));
        Assert.Equal(Verdict.Linearizable, Check(Import("a", 1, 0, 10), Resolve(1, "a", 2, 4)));
    }

    [Fact]
    public void A_read_after_an_acknowledged_change_must_see_it() =>
        Assert.Equal(Verdict.NotLinearizable, Check(Import("a", 1, 0, 10), Resolve(0, "", 11, 12)));

    [Fact]
    public void A_change_that_was_seen_cannot_be_unseen() =>
        Assert.Equal(Verdict.NotLinearizable, Check(Import("a", 1, 0, 10), Resolve(1, "a", 2, 3), Resolve(0, "", 4, 5)));

    [Fact]
    public void Two_changes_cannot_both_be_the_same_version() =>
        Assert.Equal(Verdict.NotLinearizable, Check(Import("a", 1, 0, 10), Import("b", 1, 0, 10)));

    [Fact]
    public void A_change_cannot_be_lost() => Assert.Equal(
        Verdict.NotLinearizable, Check(Import("a", 1, 0, 1), Import("b", 2, 2, 3), Resolve(1, "a", 4, 5)));

    [Fact]
    public void A_change_without_an_answer_took_effect_late_or_never()
    {
        Assert.Equal(Verdict.Linearizable, Check(Import("a", null, 0, null), Resolve(0, "", 5, 6)));
        Assert.Equal(Verdict.Linearizable, Check(Import("a", null, 0, null), Resolve(0, "", 5, 6), Resolve(1, "a", 7, 8)));
        Assert.Equal(Verdict.NotLinearizable, Check(Resolve(1, "a", 0, 1), Import("a", null, 2, null)));
    }

    [Fact]
    public void A_change_without_an_answer_takes_effect_once_only() => Assert.Equal(
        Verdict.NotLinearizable,
        Check(Import("a", null, 0, null), Resolve(1, "a", 1, 2), Import("b", 2, 3, 4), Resolve(3, "a", 5, 6)));

    [Fact]
    public void Many_changes_without_an_answer_do_not_hide_an_order_at_the_newest_version()
    {
        // The import is tried before the read that it overlaps, and then a dozen changes could come in any order.
        Interval<HeadOperation>[] history =
        [
            .. Enumerable.Range(0, 14).Select(number => Import($"lost {number}", null, number, null)),
            Import("a", 1, 20, 21), Import("b", 2, 22, 30), Resolve(1, "a", 23, 31), Resolve(2, "b", 32, 33),
        ];

        Assert.Equal(Verdict.Linearizable, LinearizabilityChecker.Check(PlaybookHead.Knowing(history), history, mostSteps: 10_000));
    }

    [Fact]
    public void A_rollback_brings_back_what_the_version_said()
    {
        Assert.Equal(Verdict.Linearizable, Check(Import("a", 1, 0, 1), Import("b", 2, 2, 3), Rollback(1, 3, 4, 5), Resolve(3, "a", 6, 7)));
        Assert.Equal(Verdict.NotLinearizable, Check(Import("a", 1, 0, 1), Import("b", 2, 2, 3), Rollback(1, 3, 4, 5), Resolve(3, "b", 6, 7)));
        Assert.Equal(Verdict.NotLinearizable, Check(Rollback(1, 2, 0, 1), Import("a", 1, 2, 3)));
    }

    [Fact]
    public void The_same_content_again_is_no_new_version() => Assert.Equal(
        Verdict.Linearizable, Check(Import("a", 1, 0, 1), Import("a", 1, 2, 3), Rollback(1, 1, 4, 5), Resolve(1, "a", 6, 7)));

    [Fact]
    public void A_check_that_takes_too_long_says_so() => Assert.Equal(
        Verdict.Undecided,
        LinearizabilityChecker.Check(
            Head,
            [.. Enumerable.Range(0, 40).Select(number => Import($"t{number}", null, 0, null)), Resolve(41, "no", 100, 101)],
            mostSteps: 1000));

    [Fact]
    public void What_is_known_of_versions_decides_where_many_answers_are_missing()
    {
        Interval<HeadOperation>[] missing = [.. Enumerable.Range(0, 40).Select(number => Import($"t{number}", null, 0, null))];
        Interval<HeadOperation>[] works = [.. missing, Resolve(1, "t7", 100, 101), Import("a", 2, 102, 103), Resolve(2, "a", 104, 105)];
        Interval<HeadOperation>[] stale = [.. missing[..8], .. works[40..], Resolve(1, "t7", 106, 107)];

        Assert.Equal(Verdict.Linearizable, LinearizabilityChecker.Check(PlaybookHead.Knowing(works), works));
        Assert.Equal(Verdict.NotLinearizable, LinearizabilityChecker.Check(PlaybookHead.Knowing(stale), stale));
    }

    [Fact]
    public void Histories_of_a_head_that_works_are_accepted() => Seeds().Sample(
        seed => CheckBoth(WorkingHead.Run(seed)) is Verdict.Linearizable, iter: 300);

    [Fact]
    public void Histories_with_one_stale_read_are_refused() => Seeds().Sample(
        seed => WorkingHead.WithStaleRead(seed) is not { } stale || CheckBoth(stale) is Verdict.NotLinearizable, iter: 300);

    private static Gen<int> Seeds() => Gen.Int[0, int.MaxValue - 1];

    private static Verdict Check(params Interval<HeadOperation>[] history) => LinearizabilityChecker.Check(Head, history);

    /// <summary>The verdict with what is known beforehand, which must be that without it.</summary>
    private static Verdict? CheckBoth(Interval<HeadOperation>[] history)
    {
        var verdict = LinearizabilityChecker.Check(PlaybookHead.Knowing(history), history);
        return verdict == Check(history) ? verdict : null;
    }

    private static Interval<HeadOperation> Import(string text, int? version, long from, long? to) =>
        new(new HeadOperation(HeadCall.Import, text, Version: version), from, to);

    private static Interval<HeadOperation> Rollback(int target, int? version, long from, long? to) =>
        new(new HeadOperation(HeadCall.Rollback, Target: target, Version: version), from, to);

    private static Interval<HeadOperation> Resolve(int version, string text, long from, long? to) =>
        new(new HeadOperation(HeadCall.Resolve, Version: version, Answer: text), from, to);
}
