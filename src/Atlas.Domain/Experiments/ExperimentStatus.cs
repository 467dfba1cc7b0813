using System.Text.Json.Serialization;

namespace Atlas.Domain.Experiments;

/// <summary>The status of an experiment.</summary>
[GenerateSerializer, Alias("atlas.experiment-status")]
[JsonConverter(typeof(WireNameConverter<ExperimentStatus>))]
public enum ExperimentStatus
{
    /// <summary>Sessions are being assigned to its arms.</summary>
    Running = 0,

    /// <summary>It has a verdict or reached its number of sessions. No more sessions are assigned, and it waits to be concluded or stopped.</summary>
    Decided = 1,

    /// <summary>It was stopped without consequences.</summary>
    Stopped = 2,

    /// <summary>It was concluded; the consequences are in the key's history.</summary>
    Concluded = 3,
}
