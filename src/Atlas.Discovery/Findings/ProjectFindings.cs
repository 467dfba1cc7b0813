using System.Collections.Immutable;

namespace Atlas.Discovery.Findings;

/// <summary>All that was found in a project, in the order of files and lines.</summary>
public sealed record ProjectFindings
{
    public required string Root { get; init; }

    /// <summary>How many source files were read.</summary>
    public required int FilesRead { get; init; }

    public ImmutableArray<TargetFinding> Targets { get; init; } = [];

    public ImmutableArray<ChatClientFinding> ChatClients { get; init; } = [];

    public ImmutableArray<ToolFinding> Tools { get; init; } = [];

    public ImmutableArray<PromptFinding> Prompts { get; init; } = [];

    public ImmutableArray<McpServerFinding> McpServers { get; init; } = [];

    public ImmutableArray<EndpointFinding> Endpoints { get; init; } = [];

    /// <summary>The files in which all this stands.</summary>
    public ImmutableArray<ModuleFinding> Modules { get; init; } = [];

    /// <summary>What could not be read, each a sentence.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
