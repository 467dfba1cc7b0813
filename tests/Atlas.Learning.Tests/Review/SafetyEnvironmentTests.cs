using Atlas.Learning.Options;
using Atlas.Learning.Review;
using Xunit;

namespace Atlas.Learning.Tests.Review;

public sealed class SafetyEnvironmentTests
{
    private static EffectiveSafety Apply(string name, string? value, RuntimeSafetyOptions? options = null) =>
        SafetyEnvironment.Apply(options ?? new RuntimeSafetyOptions(), new Dictionary<string, string?> { [name] = value });

    [Theory]
    [InlineData("0", false)]
    [InlineData(" FALSE ", false)]
    [InlineData("Off", false)]
    [InlineData("1", true)]
    [InlineData("no", true)]
    [InlineData(null, true)]
    public void A_switch_is_on_unless_it_says_off(string? value, bool enabled)
    {
        Assert.Equal(enabled, Apply(SafetyEnvironment.DriftEnabled, value).Drift.Enabled);
        Assert.Equal(enabled, Apply(SafetyEnvironment.RequireApproval, value).Review.RequireApproval);
    }

    [Fact]
    public void Numbers_override_the_configuration()
    {
        var effective = SafetyEnvironment.Apply(new RuntimeSafetyOptions(), new Dictionary<string, string?>
        {
            [SafetyEnvironment.DriftWindow] = " 7 ",
            [SafetyEnvironment.DriftThreshold] = "2.5",
            [SafetyEnvironment.DriftMinBaseline] = "0",
        });
        Assert.Equal((7, 2.5, 0), (effective.Drift.Window, effective.Drift.ZThreshold, effective.Drift.MinBaseline));
        Assert.Empty(effective.Warnings);
    }

    [Theory]
    [InlineData(SafetyEnvironment.DriftWindow, "many")]
    [InlineData(SafetyEnvironment.DriftWindow, "")]
    [InlineData(SafetyEnvironment.DriftThreshold, "nan")]
    [InlineData(SafetyEnvironment.DriftMinBaseline, "1.5")]
    public void What_is_no_number_is_warned_of_and_changes_nothing(string name, string value)
    {
        var effective = Apply(name, value);
        Assert.Equal(new RuntimeSafetyOptions().Drift, effective.Drift);
        Assert.Contains(name, Assert.Single(effective.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SafetyEnvironment.DriftWindow, "0")]
    [InlineData(SafetyEnvironment.DriftThreshold, "-1")]
    [InlineData(SafetyEnvironment.DriftMinBaseline, "-1")]
    public void What_is_out_of_bounds_is_brought_to_the_bound(string name, string value)
    {
        var effective = Apply(name, value);
        Assert.Single(effective.Warnings);
        Assert.True(effective.Drift is { Window: 1 } or { ZThreshold: 0 } or { MinBaseline: 0 });
    }

    [Theory]
    [InlineData("Approved, pending ,", new[] { "approved", "pending" }, false)]
    [InlineData("pending,*", new string[0], true)]
    [InlineData("ALL", new string[0], true)]
    [InlineData(" , ", new[] { "approved" }, false)]
    public void Export_statuses_are_a_list(string value, string[] statuses, bool all)
    {
        var effective = Apply(SafetyEnvironment.ExportStatuses, value);
        Assert.Equal(statuses, effective.Review.DefaultExportStatuses);
        Assert.Equal(all, effective.IncludeAllStatuses);
    }

    [Theory]
    [InlineData(new string[0], new[] { "approved" }, true)]
    [InlineData(new[] { " Approved", "PENDING" }, new[] { "approved", "pending" }, false)]
    [InlineData(new[] { "*" }, new[] { "*" }, false)]
    public void Configured_statuses_are_brought_into_form(string[] configured, string[] statuses, bool all)
    {
        var options = new RuntimeSafetyOptions { Review = new ReviewOptions { DefaultExportStatuses = [.. configured] } };
        var effective = SafetyEnvironment.Apply(options, new Dictionary<string, string?>());
        Assert.Equal(statuses, effective.Review.DefaultExportStatuses);
        Assert.Equal(all, effective.IncludeAllStatuses);
    }

    [Fact]
    public void The_rules_in_force_are_stored_with_a_session()
    {
        var options = new RuntimeSafetyOptions { Review = new ReviewOptions { RequireApproval = false, DefaultExportStatuses = ["approved", "pending"] } };
        var metadata = SafetyEnvironment.Apply(options, new Dictionary<string, string?>()).ToReviewMetadata();
        Assert.Equal("""{"require_approval":false,"default_export_statuses":["approved","pending"],"include_all_statuses":false}""", metadata.GetRawText());
    }
}
