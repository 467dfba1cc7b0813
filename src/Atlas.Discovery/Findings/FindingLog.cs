using System.Collections.Immutable;
using Atlas.Discovery.Sources;

namespace Atlas.Discovery.Findings;

/// <summary>Collects what the readers find.</summary>
internal sealed class FindingLog
{
    private readonly SortedDictionary<string, ModuleFinding> _modules = new(StringComparer.Ordinal);

    public List<TargetFinding> Targets { get; } = [];

    public List<ChatClientFinding> ChatClients { get; } = [];

    public List<ToolFinding> Tools { get; } = [];

    public List<PromptFinding> Prompts { get; } = [];

    public List<McpServerFinding> McpServers { get; } = [];

    public List<EndpointFinding> Endpoints { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>Runs a reader on a file; if it finds anything, the file is one of the modules.</summary>
    public void Read(SourceFile file, Action reader)
    {
        var before = Count;
        reader();
        if (Count > before)
        {
            _modules[file.Path] = new ModuleFinding(file.Path, file.Sha256, file.Language);
        }
    }

    public ProjectFindings ToFindings(string root, int filesRead) => new()
    {
        Root = root,
        FilesRead = filesRead,
        Targets = [.. Merge(Targets).OrderByDescending(target => target.Score).ThenBy(target => target.At.ToString(), StringComparer.Ordinal)],
        ChatClients = [.. ChatClients.Distinct()],
        Tools = [.. Tools.DistinctBy(tool => tool.Name)],
        Prompts = [.. Prompts.DistinctBy(prompt => (prompt.Text, prompt.At.File))],
        McpServers = [.. McpServers.DistinctBy(server => (server.Name, server.Transport, server.Command, server.Address))],
        Endpoints = [.. Endpoints.Distinct()],
        Modules = [.. _modules.Values],
        Notes = [.. Notes.Distinct(StringComparer.Ordinal)],
    };

    private int Count => Targets.Count + ChatClients.Count + Tools.Count + Prompts.Count + McpServers.Count + Endpoints.Count;

    private static IEnumerable<TargetFinding> Merge(IEnumerable<TargetFinding> targets) => targets
        .GroupBy(target => (target.Role, target.Module, target.QualifiedName))
        .Select(same => same.MaxBy(target => target.Score)!);
}
