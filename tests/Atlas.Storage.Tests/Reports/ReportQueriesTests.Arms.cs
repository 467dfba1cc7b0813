using Atlas.Learning.Reports;
using Atlas.Queries.Reports;
using Atlas.Testing;
using Xunit;

namespace Atlas.Storage.Tests.Reports;

public sealed partial class ReportQueriesTests
{
    [Fact]
    public async Task Arms_are_told_apart_by_tag_or_by_a_value_in_the_metadata()
    {
        await using var database = await SeededAsync();
        var queries = new ReportQueries(database.DataSource);
        var byTag = await queries.SessionsAsync(new ReportSelection { LearningKey = "big", Control = ArmSelector.Parse("blue") }).ToListAsync();
        Assert.Equal([true, false, true, false], byTag.Select(session => session.FitsControl));
        Assert.All(byTag, session => Assert.True(session.FitsTreatment));
        var byValue = await queries.SessionsAsync(new ReportSelection
        {
            LearningKey = "big", Control = ArmSelector.Parse("import.arm=base"), Treatment = ArmSelector.Parse("import.arm=new"),
        }).ToListAsync();
        Assert.Equal([true, false, false, false], byValue.Select(session => session.FitsControl));
        Assert.Equal([false, true, false, false], byValue.Select(session => session.FitsTreatment));
        Assert.Equal([true, true, false, false], byValue.Select(session => session.IsRecorded));
    }

    [Fact]
    public async Task Both_arms_are_held_to_the_conditions_whether_numbers_are_written_as_such_or_as_texts()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("""
            INSERT INTO sessions (task, metadata, created_at, completed_at) VALUES
              ('one', '{"learning_key":"key","import":{"arm":"base","trial":"6"}}', '2026-03-01', '2026-03-02'),
              ('one', '{"learning_key":"key","import":{"arm":"new","trial":7}}', '2026-03-02', NULL),
              ('one', '{"learning_key":"key","arm":"new","cost_usd_by_role":{"student":0.5,"teacher":0.25}}', '2026-03-03', '2026-03-03 00:00:04'),
              ('one', '{"learning_key":"key","import":{"arm":"new","trial":"x"}}', '2026-03-04', NULL),
              ('one', '{"learning_key":"key","import":{"arm":"base","trial":3}}', '2026-03-05', NULL)
            """);
        var queries = new ReportQueries(database.DataSource);
        Task<List<SessionFacts>> FoundAsync(params string[] conditions) => queries.SessionsAsync(new ReportSelection
        {
            LearningKey = "key", Control = ArmSelector.Parse("import.arm=base"), ArmsWhere = [.. conditions.Select(ArmCondition.Parse)],
        }).ToListAsync().AsTask();

        var before = await FoundAsync("import.trial<7");
        Assert.Equal([true, false, false, false, true], before.Select(session => session.FitsControl));
        Assert.Equal([true, false, false, false, true], before.Select(session => session.FitsTreatment));
        Assert.Equal([false, true, false, false, false], (await FoundAsync("import.trial>=7")).Select(session => session.FitsTreatment));
        Assert.Equal([false, true, false, false, false], (await FoundAsync("import.trial=7")).Select(session => session.FitsTreatment));
        Assert.Equal([true, false, true, true, true], (await FoundAsync("import.trial != 7")).Select(session => session.FitsTreatment));
        Assert.Equal([false, false, false, true, false], (await FoundAsync("import.trial=x")).Select(session => session.FitsTreatment));
        Assert.Equal([false, false, false, false, true], (await FoundAsync("import.trial<7", "import.trial>2", "import.trial<5")).Select(session => session.FitsTreatment));
        Assert.Equal((0.75, 4.0, (double?)null), (before[2].CostUsd, before[2].Seconds, before[0].Seconds));
    }

    [Theory]
    [InlineData("trial", "is no condition")]
    [InlineData("<7", "is no condition")]
    [InlineData("a!7", "is no condition")]
    [InlineData("trial<", "lacks a value behind <")]
    [InlineData("import..trial<7", "lacks a member before <")]
    [InlineData("trial<many", "only = and != compare texts")]
    public void What_is_no_condition_is_refused_with_what_would_be_one(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => ArmCondition.Parse(text)).Message, StringComparison.Ordinal);
}
