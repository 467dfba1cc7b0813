using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>Where an injected playbook stands.</summary>
[GenerateSerializer, Alias("atlas.injection-mode")]
[JsonConverter(typeof(WireNameConverter<InjectionMode>))]
public enum InjectionMode
{
    /// <summary>Before the base prompt.</summary>
    Prefix = 0,

    /// <summary>After everything that stays the same between calls, so that a provider's prompt cache keeps its value.</summary>
    Suffix = 1,
}
