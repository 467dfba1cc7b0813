using System.Collections.Immutable;
using Atlas.Discovery;
using Atlas.Discovery.Preflight;

namespace Atlas.Cli.Environments;

/// <summary>The document of <c>atlas env init --json</c>.</summary>
internal sealed record EnvironmentReport
{
    public required string ProjectRoot { get; init; }

    /// <summary>Gets the SHA-256 hash over the modules: equal for equal sources.</summary>
    public required string Fingerprint { get; init; }

    public required int FilesRead { get; init; }

    /// <summary>The agent that was chosen, as <c>module.name</c>; null if none was found.</summary>
    public required string? Agent { get; init; }

    public required string? Environment { get; init; }

    /// <summary><c>offline</c> if no model was found.</summary>
    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required int Agents { get; init; }

    public required int ChatClients { get; init; }

    public required int Tools { get; init; }

    public required int Prompts { get; init; }

    public required int McpServers { get; init; }

    public required int Endpoints { get; init; }

    public required ImmutableArray<PreflightCheck> Preflight { get; init; }

    /// <summary>The files that were written; none with <c>--dry-run</c>.</summary>
    public ImmutableArray<string> Written { get; init; } = [];

    /// <summary>The row in the database; null if it was not stored.</summary>
    public long? DiscoveryRunId { get; init; }

    public static EnvironmentReport Of(DiscoveredProject project, ImmutableArray<PreflightCheck> checks)
    {
        var (findings, choice) = (project.Findings, project.Choice);
        return new EnvironmentReport
        {
            ProjectRoot = findings.Root,
            Fingerprint = project.Fingerprint,
            FilesRead = findings.FilesRead,
            Agent = choice.Agent is { } agent ? $"{agent.Module}.{agent.QualifiedName}" : null,
            Environment = choice.Environment is { } environment ? $"{environment.Module}.{environment.QualifiedName}" : null,
            Provider = choice.Provider,
            Model = choice.Model,
            Agents = findings.Targets.Count(target => target.Role == "agent"),
            ChatClients = findings.ChatClients.Length,
            Tools = findings.Tools.Length,
            Prompts = findings.Prompts.Length,
            McpServers = findings.McpServers.Length,
            Endpoints = findings.Endpoints.Length,
            Preflight = checks,
        };
    }
}
