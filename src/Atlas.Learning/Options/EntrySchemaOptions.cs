using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.schema</c>: what an entry may contain.</summary>
public sealed record EntrySchemaOptions
{
    /// <summary>Stored as <c>playbook_version</c> with every synthesis.</summary>
    /// <value>The default is <c>playbook_entry.v1</c>.</value>
    [Required]
    public string Version { get; init; } = "playbook_entry.v1";

    /// <summary>Tools that an entry may name. Case is ignored.</summary>
    public ImmutableArray<string> AllowedRuntimeHandles { get; init; } = [];

    /// <summary>Prefixes of tool names that an entry may use. They are literal, without wildcards.</summary>
    public ImmutableArray<string> RuntimeHandlePrefixes { get; init; } = [];

    /// <summary>Kinds of cue. Any other kind is read as <c>keyword</c>.</summary>
    public ImmutableArray<string> CueTypes { get; init; } = ["regex", "keyword", "predicate"];

    /// <summary>The category of an entry that names none.</summary>
    /// <value>The default is <c>differentiation</c>.</value>
    public string DefaultScopeCategory { get; init; } = "differentiation";

    /// <summary>Whether an entry may do without a tool even though tools are known.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowMissingToolMapping { get; init; }
}
