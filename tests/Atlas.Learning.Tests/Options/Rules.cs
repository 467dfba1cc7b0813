using Atlas.Learning.Options;

namespace Atlas.Learning.Tests.Options;

/// <summary>The blocks that decide what is learned, with short ways to change one key of them.</summary>
internal sealed record Rules
{
    public LearningOptions Learning { get; init; } = new();

    public RuntimeSafetyOptions Safety { get; init; } = new();

    public Rules With(Func<LearningOptions, LearningOptions> change) => this with { Learning = change(Learning) };

    public Rules WithSchema(Func<EntrySchemaOptions, EntrySchemaOptions> change) => With(learning => learning with { Schema = change(learning.Schema) });

    public Rules WithWeights(Func<RubricWeightOptions, RubricWeightOptions> change) =>
        With(learning => learning with { RubricWeights = change(learning.RubricWeights) });

    public Rules WithGates(Func<GateOptions, GateOptions> change) => With(learning => learning with { Gates = change(learning.Gates) });

    public Rules WithGuard(Func<LeakGuardOptions, LeakGuardOptions> change) => With(learning => learning with { LeakGuard = change(learning.LeakGuard) });

    public Rules WithPruning(Func<PruningOptions, PruningOptions> change) =>
        With(learning => learning with { PruningConfig = change(learning.PruningConfig) });

    public Rules WithoutTrials() => With(learning => learning with { Evidence = learning.Evidence with { Enabled = false } });

    public Rules WithUsage(Func<UsageTrackingOptions, UsageTrackingOptions> change) =>
        With(learning => learning with { UsageTracking = change(learning.UsageTracking) });

    public Rules WithDrift(Func<DriftOptions, DriftOptions> change) => this with { Safety = Safety with { Drift = change(Safety.Drift) } };

    public Rules WithReview(Func<ReviewOptions, ReviewOptions> change) => this with { Safety = Safety with { Review = change(Safety.Review) } };
}
