namespace Atlas.Learning.Options;

/// <summary>Where an injected playbook stands.</summary>
public enum InjectionMode
{
    /// <summary>Before the base prompt.</summary>
    Prefix,

    /// <summary>After everything that stays the same between calls, so that a provider's prompt cache keeps its value.</summary>
    Suffix,
}
