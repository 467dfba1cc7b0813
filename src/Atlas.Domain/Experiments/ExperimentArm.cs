using System.Text.Json.Serialization;

namespace Atlas.Domain.Experiments;

/// <summary>The arm of an experiment that a session is in.</summary>
/// <param name="Experiment">The experiment's number within its learning key.</param>
/// <param name="IsNew">True for the new arm; false for the arm it is compared with.</param>
/// <param name="Settings">The settings that the caller applies; null for none. Versions and entries are already in the session's playbook.</param>
[GenerateSerializer, Immutable, Alias("atlas.experiment-arm")]
public sealed record ExperimentArm(
    [property: Id(0)] int Experiment,
    [property: Id(1)] bool IsNew,
    [property: Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ArmSettings? Settings = null);
