using Atlas.Learning.Options;

namespace Atlas.Grains.Hosting;

/// <summary>The rules of learning that this silo was configured with.</summary>
/// <param name="Learning">The block <c>learning</c>.</param>
/// <param name="Safety">The block <c>runtime_safety</c>.</param>
public sealed record LearningRules(LearningOptions Learning, RuntimeSafetyOptions Safety);
