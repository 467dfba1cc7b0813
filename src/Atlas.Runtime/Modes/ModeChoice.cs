using Atlas.Configuration.Orchestration;

namespace Atlas.Runtime.Modes;

/// <summary>How a session is supervised, and why.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Confidence">The confidence in the choice, from 0 to 1; null if unknown.</param>
/// <param name="Source"><c>forced</c>, <c>no_teacher</c>, <c>adaptive_disabled</c>, <c>mode_override</c>, <c>no_learning_history</c>,
/// <c>capability_probe</c>, <c>probe_fallback</c> or <c>probe_disabled</c>.</param>
/// <param name="Probe">The answer of the probe; null if it was not asked.</param>
internal sealed record ModeChoice(SupervisionMode Mode, double? Confidence, string Source, ProbeAnswer? Probe = null);
