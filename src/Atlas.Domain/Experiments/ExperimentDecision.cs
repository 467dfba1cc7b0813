using System.Text.Json.Serialization;

namespace Atlas.Domain.Experiments;

/// <summary>The verdict of an experiment at a look. You can act on it at any look.</summary>
[GenerateSerializer, Alias("atlas.experiment-decision")]
[JsonConverter(typeof(WireNameConverter<ExperimentDecision>))]
public enum ExperimentDecision
{
    /// <summary>There is not enough evidence.</summary>
    GoOn = 0,

    /// <summary>The new arm is better.</summary>
    Better = 1,

    /// <summary>The new arm is worse.</summary>
    Worse = 2,

    /// <summary>The arms differ by less than the margin.</summary>
    Equivalent = 3,
}
