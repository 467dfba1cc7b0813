
namespace Atlas.Learning.Options;

/// <summary>The rules of learning that this silo was configured with.</summary>
/// <param name="Learning">The block <c>learning</c>.</param>
/// <param name="Safety">The block <c>runtime_safety</c>.</param>
public sealed record LearningRules(LearningOptions Learning, RuntimeSafetyOptions Safety)
{
    /// <summary>Whether each session's reward is held against those before it; else the key's alarm watches them together.</summary>
    public bool JudgesEachSession => Safety.Drift.Enabled && (Safety.Drift.Detector is DriftDetectorKind.ZScore || !Learning.Evidence.Enabled);
}
