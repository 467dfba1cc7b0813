using System.Globalization;
using System.Text;
using Atlas.Cli.Tests.Harness;
using Atlas.Testing;
using Atlas.Testing.Documents;
using Xunit;

namespace Atlas.Cli.Tests.Documents;

/// <summary>Follows a page of the documentation as a reader would: an empty folder with the checkout's program and samples in it, every file that the page
/// says to make, every command in its order.</summary>
internal sealed class FollowedPage : IAsyncDisposable
{
    // Builds and the machine's load count, too.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-page-").FullName;
    private readonly int[] _ports = [.. FreePorts.Find(4)];
    private string _said = "";

    /// <summary>Runs every command of the page; all of them have to succeed.</summary>
    /// <param name="page">Its path within the repository.</param>
    /// <returns>How many commands it shows.</returns>
    public async Task<int> FollowAsync(string page)
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "atlas"), RepositoryRoot.Launcher);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "clients"), Path.Combine(RepositoryRoot.Path, "clients"));
        CopySamples();

        var commands = 0;
        var script = new StringBuilder("set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n");
        foreach (var block in MarkdownPage.Blocks(Path.Combine(RepositoryRoot.Path, page)))
        {
            if (block.File is { } file)
            {
                await File.WriteAllTextAsync(Path.Combine(_folder, file), Addressed(block.Text));
            }

            foreach (var line in block.Language == "sh" ? block.Code : [])
            {
                commands++;
                script.Append(CultureInfo.InvariantCulture, $"echo {Quoted("$ " + line)}\n{Adapted(line)}\n");
            }
        }

        var follow = Path.Combine(_folder, "follow");
        await File.WriteAllTextAsync(follow, script.ToString());
        var followed = await RunAsync("/bin/bash", [follow]);
        followed.Expect(ExitCode.Ok);
        _said = followed.Output;
        return commands;
    }

    /// <summary>What one of its commands printed.</summary>
    /// <param name="command">The command, or how it begins.</param>
    public string Said(string command)
    {
        var start = _said.IndexOf($"$ {command}", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page does not show {command}");
        var begin = _said.IndexOf('\n', start) + 1;
        var end = _said.IndexOf("\n$ ", begin - 1, StringComparison.Ordinal);
        return end < begin ? _said[begin..] : _said[begin..end];
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(RepositoryRoot.Launcher, ["down"]);
        Directory.Delete(_folder, recursive: true);
    }

    // Only what a person or another test would get in the way of is changed: terminals, the editor's keys, and ports.
    private string Adapted(string line) => line switch
    {
        // This test is a part of it.
        "./atlas test" => ":",
        _ when line.StartsWith("./atlas order-desk", StringComparison.Ordinal) =>
            $"{line} --port {_ports[3]} >desk.log 2>&1 </dev/null &\nuntil [ -s atlas.yaml ]; do kill -0 $! || {{ cat desk.log; exit 1; }}; sleep 0.2; done",
        _ when line.StartsWith("./atlas quickstart", StringComparison.Ordinal) || line.StartsWith("./atlas up", StringComparison.Ordinal) =>
            string.Create(CultureInfo.InvariantCulture, $"{line} --http-port {_ports[0]} --silo-port {_ports[1]} --gateway-port {_ports[2]}"),
        _ when line.StartsWith("./atlas review next", StringComparison.Ordinal) => $"echo x | script -qec {Quoted(line)} /dev/null",
        _ => Addressed(line),
    };

    private string Addressed(string text) =>
        text.Replace("127.0.0.1:5080", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_ports[0]}"), StringComparison.Ordinal);

    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private void CopySamples()
    {
        var samples = Path.Combine(RepositoryRoot.Path, "samples");
        foreach (var file in Directory.EnumerateFiles(samples, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(samples, file);
            if (relative.Split(Path.DirectorySeparatorChar) is var parts && !parts.Contains("bin") && !parts.Contains("obj") && !parts.Contains(".atlas"))
            {
                var target = Path.Combine(_folder, "samples", relative);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
    }

    private async Task<CommandResult> RunAsync(string program, string[] arguments)
    {
        var editor = Path.Combine(_folder, "editor");
        await File.WriteAllTextAsync(editor, "sed -i.bak 's/Statistical contrast/A statistical contrast/' \"$1\"\n");
        var environment = new Dictionary<string, string?>
        {
            ["ATLAS_HOME"] = Path.Combine(_folder, ".atlas"),
            ["ATLAS_DATABASE_URL"] = null,
            ["ATLAS_CONFIG"] = null,
            ["VISUAL"] = null,
            ["EDITOR"] = $"sh {editor}",
            ["USER"] = "tester",
            // As for a reader: entries are tried, and Python is the system's, which has the packages of the system.
            ["Atlas__Learning__Evidence__Enabled"] = null,
            ["PATH"] = $"/usr/bin:{Environment.GetEnvironmentVariable("PATH")}",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        };
        foreach (var key in (string[])["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "XAI_API_KEY"])
        {
            environment[key] = null;
        }

        using var process = AtlasProcess.Start(program, arguments, _folder, environment);
        return await process.ResultAsync(Patience);
    }
}
