using System.Text.Json.Serialization;

namespace Atlas.Domain.Experiments;

/// <summary>The arm of an experiment that a session is in.</summary>
/// <param name="Experiment">The experiment's number within its learning key.</param>
/// <param name="IsNew">Whether it is the new arm; false for the one that everything is held against.</param>
/// <param name="Settings">What the session is to do otherwise; null for nothing. Versions and entries are in its playbook already.</param>
[GenerateSerializer, Immutable, Alias("atlas.experiment-arm")]
public sealed record ExperimentArm(
    [property: Id(0)] int Experiment,
    [property: Id(1)] bool IsNew,
    [property: Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ArmSettings? Settings);
