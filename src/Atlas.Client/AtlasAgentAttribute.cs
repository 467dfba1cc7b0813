namespace Atlas.Client;

/// <summary>Tells <c>atlas env init</c> that this class is the project's agent, or creates it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AtlasAgentAttribute : Attribute;
