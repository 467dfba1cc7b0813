namespace Atlas.Configuration.Schema;

/// <summary>The block must be there to run an agent; a silo does without it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RequiredByAgentAttribute : Attribute;

/// <summary>An explicit null is the same as leaving the key out.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NullMeansDefaultAttribute : Attribute;

/// <summary>A list of tags: a single value is a list of one, blanks around a tag go, and so do blank tags.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TagsAttribute : Attribute;
