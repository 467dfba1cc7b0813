using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>The two roles of an agent.</summary>
[GenerateSerializer, Alias("atlas.role")]
[JsonConverter(typeof(WireNameConverter<Role>))]
public enum Role
{
    /// <summary>The agent that does the task.</summary>
    Student = 0,

    /// <summary>The agent that plans, checks and guides.</summary>
    Teacher = 1,
}
