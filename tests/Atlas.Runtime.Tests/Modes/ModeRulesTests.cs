using Atlas.Configuration.AdaptiveTeaching;
using Atlas.Configuration.Orchestration;
using Atlas.Runtime.Modes;
using Xunit;

namespace Atlas.Runtime.Tests.Modes;

public class ModeRulesTests
{
    private static readonly AdaptiveTeachingOptions Plain = new();

    [Theory]
    [InlineData(SupervisionMode.Auto)]
    [InlineData(SupervisionMode.Paired)]
    [InlineData(SupervisionMode.Coach)]
    public void A_forced_mode_goes_before_everything(SupervisionMode mode) => Assert.Equal(
        new ModeChoice(mode, 1.0, "forced"),
        ModeRules.WithoutProbe(mode, Plain with { Enabled = false, ModeOverride = SupervisionMode.Auto }, 0, hasTeacher: true));

    [Fact]
    public void The_order_is_disabled_then_override_then_history_then_probe()
    {
        var wanted = Plain with { ModeOverride = SupervisionMode.Coach };

        Assert.Equal("adaptive_disabled", ModeRules.WithoutProbe(null, wanted with { Enabled = false }, 0, true)!.Source);
        Assert.Equal(new ModeChoice(SupervisionMode.Coach, 1.0, "mode_override"), ModeRules.WithoutProbe(null, wanted, 0, true));
        Assert.Equal(new ModeChoice(SupervisionMode.Paired, null, "no_learning_history"), ModeRules.WithoutProbe(null, Plain, 0, true));
        Assert.Null(ModeRules.WithoutProbe(null, Plain, 1, true));
        Assert.Null(ModeRules.WithoutProbe(null, Plain with { CertifyFirstRun = false }, 0, true));
    }

    [Theory]
    [InlineData("""{"mode":"auto","confidence":0.1}""", "Auto", "capability_probe")]
    [InlineData("""{"mode":"escalate","confidence":0.92}""", "Auto", "capability_probe")]
    [InlineData("""{"mode":null,"confidence":0.65}""", "Paired", "capability_probe")]
    [InlineData("""{"confidence":0.64}""", "Coach", "capability_probe")]
    [InlineData("""{"confidence":0.34}""", "Paired", "probe_fallback")]
    [InlineData("""{"confidence":true}""", "Paired", "probe_fallback")]
    [InlineData("""{"confidence":1.7}""", "Paired", "probe_fallback")]
    [InlineData("no idea", "Paired", "probe_fallback")]
    [InlineData("[]", "Paired", "probe_fallback")]
    public void The_probes_mode_counts_and_else_its_confidence_and_else_the_fallback(string said, string mode, string source)
    {
        var choice = ModeRules.FromProbe(ProbeAnswer.Read(said), new ProbeOptions());

        Assert.Equal((mode, source), (choice.Mode.ToString(), choice.Source));
    }

    [Fact]
    public void The_fallback_is_the_configured_one()
    {
        var coach = new ProbeOptions { FallbackMode = FallbackMode.Coach };

        Assert.Equal(SupervisionMode.Coach, ModeRules.FromProbe(ProbeAnswer.Read("?"), coach).Mode);
        Assert.Equal(new ModeChoice(SupervisionMode.Coach, null, "probe_disabled"), ModeRules.NoProbe(coach));
    }
}
