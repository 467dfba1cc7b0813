namespace Atlas.Domain.Experiments;

/// <summary>An estimate of how many sessions an experiment takes.</summary>
/// <param name="Sessions">The approximate number of sessions, in both arms together, until the difference worth seeing is found; half of all
/// experiments take fewer.</param>
/// <param name="SessionsForHalf">The same for half of that difference.</param>
/// <param name="Summary">A sentence with both numbers that also says whether <see cref="ExperimentPlan.MaxSessions"/> is enough.</param>
[GenerateSerializer, Immutable, Alias("atlas.experiment-need")]
public sealed record ExperimentNeed([property: Id(0)] long Sessions, [property: Id(1)] long SessionsForHalf, [property: Id(2)] string Summary);
