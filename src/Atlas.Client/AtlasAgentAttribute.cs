namespace Atlas.Client;

/// <summary>Marks the class that is, or makes, the agent of a project, for <c>atlas env init</c> to choose.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AtlasAgentAttribute : Attribute;
