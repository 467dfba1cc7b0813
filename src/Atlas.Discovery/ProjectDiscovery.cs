using Atlas.Discovery.DotNet;
using Atlas.Discovery.Findings;
using Atlas.Discovery.Mcp;
using Atlas.Discovery.Output;
using Atlas.Discovery.Python;
using Atlas.Discovery.Sources;

namespace Atlas.Discovery;

/// <summary>Analyzes the sources of a project for agents, chat clients, tools, prompts and MCP servers. Runs nothing.</summary>
public static class ProjectDiscovery
{
    /// <summary>Reads the project and proposes a configuration for it.</summary>
    /// <param name="request">The project to analyze.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static DiscoveredProject Run(DiscoveryRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var root = Path.GetFullPath(request.Root);
        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException($"There is no folder {request.Root}.");
        }

        var log = new FindingLog();
        var files = SourceTree.Read(root, log);
        CSharpReader.Read(root, files, log);
        PythonReader.Read(files, log);
        McpFileReader.Read(files, log);
        ReadPromptFiles(files, log);
        var findings = Redaction.Apply(log.ToFindings(root, files.Count(file => file.Language is "csharp" or "python")));
        var choice = AgentChoice.Of(findings);
        return new DiscoveredProject
        {
            Request = request with { Root = root },
            Findings = findings,
            Choice = choice,
            Fingerprint = Fingerprint.Of(findings),
            ConfigurationText = GeneratedConfiguration.Write(request with { Root = root }, findings, choice),
        };
    }

    private static void ReadPromptFiles(IEnumerable<SourceFile> files, FindingLog log)
    {
        foreach (var file in files.Where(file => file.Language == "text" && !file.IsTest && !string.IsNullOrWhiteSpace(file.Text)))
        {
            log.Read(file, () => log.Prompts.Add(new PromptFinding(
                Path.GetFileNameWithoutExtension(file.Path), file.Text.Trim(), new SourceLocation(file.Path, 1))));
        }
    }
}
