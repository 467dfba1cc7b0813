using Atlas.Discovery.Findings;
using Atlas.Discovery.Sources;

namespace Atlas.Discovery.Python;

/// <summary>Reads the Python files of a project. Does not require Python.</summary>
internal static class PythonReader
{
    private const int ShortestPrompt = 15;

    public static void Read(IEnumerable<SourceFile> files, FindingLog log)
    {
        foreach (var source in files.Where(file => file.Language == "python"))
        {
            var module = new PythonModule(source);
            log.Read(source, () =>
            {
                PythonTargets.Read(module, log);
                PythonClients.Read(module, log);
                PythonTools.Read(module, log);
                ReadPrompts(module, log);
            });
        }
    }

    private static void ReadPrompts(PythonModule module, FindingLog log)
    {
        if (module.Source.IsTest)
        {
            return;
        }

        var named = module.Assignments
            .Where(assignment => IsPromptName(assignment.Name))
            .Select(assignment => (assignment.Name, Text: module.TextOf(assignment.Value), assignment.Value[0].Line));
        var given = module.Calls.SelectMany(call => call.Named
            .Where(argument => IsPromptName(argument.Key))
            .Select(argument => (Name: argument.Key, Text: module.TextOf(argument.Value), call.Line)));
        foreach (var (name, text, line) in named.Concat(given))
        {
            if (text is { Length: >= ShortestPrompt })
            {
                log.Prompts.Add(new PromptFinding(name, text, new SourceLocation(module.Source.Path, line)));
            }
        }
    }

    internal static bool IsPromptName(string name) =>
        name.EndsWith("prompt", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("instructions", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("system_message", StringComparison.OrdinalIgnoreCase);
}
