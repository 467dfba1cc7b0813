namespace Atlas.Client;

/// <summary>Tells <c>atlas env init</c> that this class is the environment an agent acts on.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AtlasEnvironmentAttribute : Attribute;
