using Atlas.Configuration.AdaptiveTeaching;
using Atlas.Configuration.Orchestration;

namespace Atlas.Runtime.Modes;

/// <summary>Decides how a session is supervised. Pure.</summary>
internal static class ModeRules
{
    /// <summary>Returns the choice that needs no probe; null if the probe must be asked.</summary>
    /// <param name="forced">The mode that the request, or else the configuration, forces.</param>
    /// <param name="adaptive">The configuration.</param>
    /// <param name="pastSessions">The number of past sessions of the learning key; 0 if unknown.</param>
    /// <param name="hasTeacher">Whether there is a teacher.</param>
    public static ModeChoice? WithoutProbe(SupervisionMode? forced, AdaptiveTeachingOptions adaptive, long pastSessions, bool hasTeacher)
    {
        if (!hasTeacher)
        {
            return new ModeChoice(SupervisionMode.Auto, 1.0, forced is SupervisionMode.Auto ? "forced" : "no_teacher");
        }

        if (forced is { } mode)
        {
            return new ModeChoice(mode, 1.0, "forced");
        }

        if (!adaptive.Enabled)
        {
            return new ModeChoice(SupervisionMode.Paired, null, "adaptive_disabled");
        }

        if (adaptive.ModeOverride is { } wanted)
        {
            return new ModeChoice(wanted, 1.0, "mode_override");
        }

        return adaptive.CertifyFirstRun && pastSessions == 0 ? new ModeChoice(SupervisionMode.Paired, null, "no_learning_history") : null;
    }

    /// <summary>Returns the choice without a probe.</summary>
    public static ModeChoice NoProbe(ProbeOptions options) => new(Fallback(options), null, "probe_disabled");

    /// <summary>Returns the choice from the probe's answer: the mode it names, else the one its confidence reaches, else the fallback.</summary>
    public static ModeChoice FromProbe(ProbeAnswer answer, ProbeOptions options)
    {
        if (answer.Mode is { } named)
        {
            return new ModeChoice(named, answer.Confidence, "capability_probe", answer);
        }

        SupervisionMode? reached = answer.Confidence switch
        {
            null => null,
            var sure when sure >= options.Thresholds.Auto => SupervisionMode.Auto,
            var sure when sure >= options.Thresholds.Paired => SupervisionMode.Paired,
            var sure when sure >= options.Thresholds.Coach => SupervisionMode.Coach,
            _ => null,
        };
        return reached is { } mode
            ? new ModeChoice(mode, answer.Confidence, "capability_probe", answer)
            : new ModeChoice(Fallback(options), answer.Confidence, "probe_fallback", answer);
    }

    public static string? NameOf(SupervisionMode? mode) => mode?.ToString().ToLowerInvariant();

    private static SupervisionMode Fallback(ProbeOptions options) =>
        options.FallbackMode is FallbackMode.Coach ? SupervisionMode.Coach : SupervisionMode.Paired;
}
