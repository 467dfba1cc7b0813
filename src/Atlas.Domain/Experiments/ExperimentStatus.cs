using System.Text.Json.Serialization;

namespace Atlas.Domain.Experiments;

/// <summary>How far an experiment is.</summary>
[GenerateSerializer, Alias("atlas.experiment-status")]
[JsonConverter(typeof(WireNameConverter<ExperimentStatus>))]
public enum ExperimentStatus
{
    /// <summary>Sessions are drawn for it.</summary>
    Running = 0,

    /// <summary>It has its verdict, or all the sessions it was to have: no session is drawn any more, and it waits to be concluded or stopped.</summary>
    Decided = 1,

    /// <summary>It was stopped; nothing followed from it.</summary>
    Stopped = 2,

    /// <summary>It was concluded; what followed is in the key's history.</summary>
    Concluded = 3,
}
