using Atlas.Cli.Output;
using Atlas.Discovery;

namespace Atlas.Cli.Environments;

/// <summary>Prints the findings for people.</summary>
internal static class EnvironmentSheet
{
    private const int Shown = 10;
    private const int LineLength = 120;

    public static void Write(EnvironmentReport report, DiscoveredProject project, Terminal terminal)
    {
        var (findings, choice) = (project.Findings, project.Choice);
        terminal.Data($"project     {report.ProjectRoot} ({Wording.Count(report.FilesRead, "source file")} read)");
        terminal.Data(choice.Agent is { } agent ? $"agent       {agent.QualifiedName} in {agent.At}: {agent.Reason}" : "agent       none was found");
        terminal.Data(choice.Source is null ? "model       none was found; `offline` is used instead" : $"model       {choice.Provider} {choice.Model}, from {choice.Source}");
        WriteList(terminal, "tool", findings.Tools.Select(tool => $"{tool.Name} ({tool.At})"));
        WriteList(terminal, "prompt", findings.Prompts.Select(prompt => $"{prompt.Name} ({prompt.At}): {prompt.Text}"));
        WriteList(terminal, "mcp", findings.McpServers.Select(server => $"{server.Name}, {server.Transport} ({server.At})"));
        WriteList(terminal, "endpoint", findings.Endpoints.Select(endpoint => $"POST {endpoint.Address ?? endpoint.Route} ({endpoint.At})"));
        foreach (var check in report.Preflight.Where(check => check.Name != "tool" || check.Verdict == "failed"))
        {
            terminal.Data($"{check.Verdict,-11} {check.Sentence}");
        }

        foreach (var file in report.Written)
        {
            terminal.Say($"Wrote {file}");
        }

        if (report.DiscoveryRunId is { } run)
        {
            terminal.Say($"Stored as discovery run {run}, which sessions that start in this folder refer to.");
        }

        if (report.Written.Length > 1)
        {
            terminal.Say($"Read {report.Written[1]}, then run: atlas config check {ShellWord.Of(report.Written[1])} --profile agent");
        }
    }

    private static void WriteList(Terminal terminal, string name, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        foreach (var line in all.Take(Shown))
        {
            terminal.Data($"{name,-11} {Wording.OneLine(line, LineLength)}");
        }

        if (all.Count > Shown)
        {
            terminal.Data($"{name,-11} … and {all.Count - Shown} more");
        }
    }
}
