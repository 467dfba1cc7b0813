using Atlas.Discovery.Findings;
using Atlas.Discovery.Sources;

namespace Atlas.Discovery.DotNet;

/// <summary>Reads the C# files of a project.</summary>
internal static class CSharpReader
{
    // Binding a file is expensive; a file that mentions none of these contains nothing to find.
    private static readonly string[] WorthReading =
    [
        "Agent", "ChatClient", "AIFunction", "McpServer", "KernelFunction", "Prompt", "Instructions", "ChatRole", "UseAtlas", "ClientTransport",
        "Environment",
    ];

    public static void Read(string root, IReadOnlyList<SourceFile> files, FindingLog log)
    {
        var sources = files.Where(file => file.Language == "csharp").ToList();
        var compilations = new ProjectCompilations(root, sources);
        var launch = LaunchAddresses.Of(files);
        foreach (var source in sources.Where(source => WorthReading.Any(word => source.Text.Contains(word, StringComparison.Ordinal))))
        {
            var (tree, meaning) = compilations.Open(source);
            var file = new CSharpFile(source, tree, meaning, log);
            log.Read(source, () =>
            {
                TargetRules.Read(file);
                AgentCallRules.Read(file);
                ChatClientRules.Read(file);
                ToolRules.Read(file);
                PromptRules.Read(file);
                McpRules.Read(file);
                EndpointRules.Read(file, launch);
            });
        }
    }
}
