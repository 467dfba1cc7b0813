namespace Atlas.Client;

/// <summary>Marks the class that an agent acts upon, for <c>atlas env init</c> to choose.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AtlasEnvironmentAttribute : Attribute;
