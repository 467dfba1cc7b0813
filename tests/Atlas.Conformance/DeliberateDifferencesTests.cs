using Atlas.Conformance.Runners;
using Atlas.Learning.Compatibility;
using Atlas.Models.Judges.Compatibility;
using Xunit;

namespace Atlas.Conformance;

/// <summary>Keeps the list of deliberate differences true: each one exists, and there are no others.</summary>
public sealed class DeliberateDifferencesTests
{
    public static TheoryData<string, string> Listed =>
        [.. DeliberateDifferences.All.SelectMany(difference => difference.Files.Select(file => (difference.Rule, file)))];

    [Theory]
    [MemberData(nameof(Listed))]
    public void A_listed_difference_still_differs(string rule, string file)
    {
        var difference = DeliberateDifferences.All.Single(candidate => candidate.Rule == rule);
        var differing = ConformanceTests.Differing(VectorFolder.Own, file, difference.Own(ConformanceSettings.Original));
        Assert.True(differing.Any(), $"{difference.Defect} ({rule}) changes no case of {file} any more: take it off the list.");
    }

    [Fact]
    public void Every_rule_of_the_original_is_accounted_for()
    {
        var rules = new[] { typeof(ReferenceRules), typeof(ReferenceJudging) }.SelectMany(type => type.GetProperties()).Where(property => property.PropertyType == typeof(bool)).Select(property => property.Name);
        var settings = new[] { nameof(ConformanceSettings.LengthMargin), nameof(ConformanceSettings.ConstantHistoryFloor) };
        var accounted = DeliberateDifferences.All.Select(difference => difference.Rule).Concat(DeliberateDifferences.NotInVectors.Keys);
        Assert.Equal(rules.Concat(settings).Order(StringComparer.Ordinal), accounted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_rule_that_no_vector_shows_changes_no_case()
    {
        var own = ConformanceSettings.Original with
        {
            Rules = ConformanceSettings.Original.Rules with
            {
                TransferNeedsNoIncident = false,
                BaselinePrefersMean = false,
                HandleSpellingKept = false,
                PredicatesAreText = false,
            },
            Judging = ReferenceJudging.All with { AnyNumberIsAScore = false, OutageIsZero = false, FencedAnswersUnusable = false },
        };
        Assert.All(VectorRunner.All, runner => Assert.Empty(ConformanceTests.Differing(VectorFolder.Own, runner.File, own)));
    }

    [Fact]
    public void By_its_own_rules_Atlas_differs_in_the_listed_files_only()
    {
        var listed = DeliberateDifferences.All.SelectMany(difference => difference.Files).ToHashSet();
        var differing = VectorRunner.All
            .Select(runner => runner.File)
            .Where(file => ConformanceTests.Differing(VectorFolder.Own, file, ConformanceSettings.Atlas).Any());
        Assert.Equal(listed.Order(StringComparer.Ordinal), differing.Order(StringComparer.Ordinal));
    }
}
