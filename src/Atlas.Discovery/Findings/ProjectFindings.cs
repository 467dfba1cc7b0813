using System.Collections.Immutable;

namespace Atlas.Discovery.Findings;

/// <summary>All findings in a project, in the order of files and lines.</summary>
public sealed record ProjectFindings
{
    public required string Root { get; init; }

    /// <summary>Gets the number of source files that were read.</summary>
    public required int FilesRead { get; init; }

    public ImmutableArray<TargetFinding> Targets { get; init; } = [];

    public ImmutableArray<ChatClientFinding> ChatClients { get; init; } = [];

    public ImmutableArray<ToolFinding> Tools { get; init; } = [];

    public ImmutableArray<PromptFinding> Prompts { get; init; } = [];

    public ImmutableArray<McpServerFinding> McpServers { get; init; } = [];

    public ImmutableArray<EndpointFinding> Endpoints { get; init; } = [];

    /// <summary>Gets the files that contain the findings.</summary>
    public ImmutableArray<ModuleFinding> Modules { get; init; } = [];

    /// <summary>Gets notes on what could not be read, each a sentence.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
