using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Atlas.Configuration.Schema;

/// <summary>One key of a block.</summary>
internal sealed record KeySchema
{
    public required string Name { get; init; }

    /// <summary>A second name under which it is accepted.</summary>
    public string? Alias { get; init; }

    public required ValueSchema Value { get; init; }

    /// <summary>The property that holds it.</summary>
    public required PropertyInfo Property { get; init; }

    /// <summary>The value when the key is left out; null for required keys, too.</summary>
    public object? Default { get; init; }

    public bool IsRequired { get; init; }

    public bool IsRequiredByAgent { get; init; }

    /// <summary>Whether null is a value of its own.</summary>
    public bool IsNullable { get; init; }

    public bool NullMeansDefault { get; init; }

    /// <summary>Checks besides type and range; the message goes on after the path.</summary>
    public ImmutableArray<ValidationAttribute> Checks { get; init; } = [];
}
