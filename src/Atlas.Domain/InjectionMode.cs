using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>Where an injected playbook goes in a prompt.</summary>
[GenerateSerializer, Alias("atlas.injection-mode")]
[JsonConverter(typeof(WireNameConverter<InjectionMode>))]
public enum InjectionMode
{
    /// <summary>Before the base prompt.</summary>
    Prefix = 0,

    /// <summary>After everything that stays the same between calls, which keeps a provider's prompt cache warm.</summary>
    Suffix = 1,
}
