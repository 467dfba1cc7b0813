using System.Globalization;
using Atlas.Import;
using Atlas.Import.Alfworld;
using Atlas.Queries.Reports;
using Atlas.Reports.Documents;
using Atlas.Reports.Statistics;
using Atlas.Testing;
using Xunit;

namespace Atlas.Reports.Tests.Recorded;

/// <summary>A known learning curve beside a flat control: 134 household tasks, with and without reflection.</summary>
public sealed class AlfworldTests
{
    [Fact]
    public async Task The_reflexion_arm_helps_against_the_base_arm()
    {
        var runs = Runs();
        await using var database = await TestDatabase.CreateAsync();
        await RecordedSessions.StoreAsync(database, "alfworld", runs);
        var arms = await CompareAsync(database, new ReportSelection
        {
            LearningKey = "alfworld", Control = ArmSelector.Parse("import.arm=base"), Treatment = ArmSelector.Parse("import.arm=reflexion"),
        });
        Assert.Equal(Verdict.Helps, arms.Verdict);
        Assert.Equal((7 * 134, 15 * 134), ((int)arms.Control.Sessions, (int)arms.Treatment.Sessions));
        Assert.Equal((134, 134), (arms.Control.Tasks, arms.Treatment.Tasks));
        Assert.Equal((84 + 94 + 97 + 98 + 100 + 101 + 101) / (7 * 134.0), arms.Control.Mean!.Value, 9);
        Assert.Equal(1810 / (15 * 134.0), arms.Treatment.Mean!.Value, 9);

        var reversed = await CompareAsync(database, new ReportSelection
        {
            LearningKey = "alfworld", Control = ArmSelector.Parse("import.arm=reflexion"), Treatment = ArmSelector.Parse("import.arm=base"),
        });
        Assert.Equal(Verdict.Hurts, reversed.Verdict);
    }

    [Fact]
    public void On_the_trials_that_both_arms_have_reflexion_adds_about_ten_points()
    {
        const int Trials = 7;
        var (baseArm, reflexion) = (new Arm(), new Arm());
        foreach (var (place, run) in Runs().Index())
        {
            // The base arm has seven trials and comes first.
            if (place < 2 * Trials * 134)
            {
                (place < Trials * 134 ? baseArm : reflexion).Add(place % 134, run.Score!.Value);
            }
        }

        var compared = RewardComparison.Of("arm_vs_arm", "base", baseArm, "reflexion", reflexion, 0.95, paired: true);
        Assert.Equal(Verdict.Helps, compared.Verdict);
        Assert.InRange(compared.Difference!.Value, 0.07, 0.13);
        Assert.Equal("always-valid-paired-by-task", compared.Interval!.Method);
    }

    [Theory]
    [InlineData("the first half of the trials and the second")]
    [InlineData("even and odd trials")]
    [InlineData("even and odd environments")]
    [InlineData("sessions by turns")]
    public async Task Two_halves_of_the_base_arm_are_not_enough_evidence(string how)
    {
        var runs = Runs().Where(run => run.ExternalId.Contains(":base:", StringComparison.Ordinal)).ToList();
        Assert.Equal(7 * 134, runs.Count);
        bool IsFirst(RecordedRun run, int place) => how switch
        {
            "the first half of the trials and the second" => place < runs.Count / 2,
            "even and odd trials" => place / 134 % 2 == 0,
            "even and odd environments" => place % 134 % 2 == 0,
            _ => place % 3 == 0 || place % 7 == 0,
        };
        await using var database = await TestDatabase.CreateAsync();
        await RecordedSessions.StoreAsync(database, "one", runs.Where(IsFirst));
        await RecordedSessions.StoreAsync(database, "two", runs.Where((run, place) => !IsFirst(run, place)));
        var halves = await AgainstAsync(database, "one", "two");
        Assert.Equal(Verdict.NotEnoughEvidence, halves.Verdict);
        Assert.NotNull(halves.Interval);
        Assert.Equal(runs.Count, halves.Control.Sessions + halves.Treatment.Sessions);
    }

    [Fact]
    public void Halves_drawn_by_lot_are_hardly_ever_taken_for_a_difference()
    {
        const int Seed = 20260311;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var runs = Runs().Where(run => run.ExternalId.Contains(":base:", StringComparison.Ordinal)).ToList();
        var wrong = 0;
        const int Draws = 300;
        for (var draw = 0; draw < Draws; draw++)
        {
            var (one, two) = (new Arm(), new Arm());
            var byTask = draw % 2 == 0;
            var lots = Enumerable.Range(0, 134).Select(_ => random.Next(2) == 0).ToArray();
            for (var place = 0; place < runs.Count; place++)
            {
                var first = byTask ? lots[place % 134] : random.Next(2) == 0;
                (first ? one : two).Add(place % 134, runs[place].Score!.Value);
            }

            wrong += RewardComparison.Of("arm_vs_arm", "one", one, "two", two, 0.95, paired: false).Verdict == Verdict.NotEnoughEvidence ? 0 : 1;
        }

        Assert.True(wrong <= Draws * 0.08, string.Create(CultureInfo.InvariantCulture, $"{wrong} of {Draws} halves were taken for different"));
    }

    private static List<RecordedRun> Runs()
    {
        var runs = new AlfworldFormat().ReadAsync(RecordedData.Require("alfworld")).ToBlockingEnumerable().Select(item => item.Run!).ToList();
        Assert.Equal(22 * 134, runs.Count);
        return runs;
    }

    private static async Task<RewardComparison> CompareAsync(TestDatabase database, ReportSelection selection)
    {
        var builder = new ReportBuilder(selection.LearningKey, new PlaybookFacts(), new ReportSettings { ControlLabel = "control", TreatmentLabel = "treatment" });
        return await FillAsync(builder, database, selection);
    }

    private static async Task<RewardComparison> AgainstAsync(TestDatabase database, string control, string treatment)
    {
        var arm = new ControlArm();
        await foreach (var session in new ReportQueries(database.DataSource).SessionsAsync(new ReportSelection { LearningKey = control }))
        {
            arm.Add(session);
        }

        var builder = new ReportBuilder(treatment, new PlaybookFacts(), new ReportSettings { ControlLabel = control, TreatmentLabel = treatment }, arm);
        return await FillAsync(builder, database, new ReportSelection { LearningKey = treatment });
    }

    private static async Task<RewardComparison> FillAsync(ReportBuilder builder, TestDatabase database, ReportSelection selection)
    {
        await foreach (var session in new ReportQueries(database.DataSource).SessionsAsync(selection))
        {
            builder.Add(session);
        }

        return builder.Build([]).Evidence.Comparisons.Single(comparison => comparison.Kind == "arm_vs_arm");
    }
}
