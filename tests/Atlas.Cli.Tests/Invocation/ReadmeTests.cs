using System.Globalization;
using System.Text;
using Atlas.Cli.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cli.Tests.Invocation;

/// <summary>Whoever follows README.md from top to bottom in a clean workspace sees every command work.</summary>
[Collection(Alone.Name)]
public sealed class ReadmeTests : IAsyncDisposable
{
    private const string Fence = "```sh";

    // Builds and the machine's load count, too; on an idle machine it takes two minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-readme-").FullName;
    private readonly int[] _ports = [.. FreePorts.Find(4)];

    [Fact]
    public async Task Its_commands_work_in_their_order()
    {
        var lines = Lines();
        Assert.True(lines.Count > 40, "README.md shows hardly any command");
        File.CreateSymbolicLink(Path.Combine(_folder, "atlas"), RepositoryRoot.Launcher);
        CopySamples();
        var script = Path.Combine(_folder, "follow");
        await File.WriteAllTextAsync(script, Script(lines));

        var followed = await RunAsync("/bin/bash", [script], Patience);

        followed.Expect(ExitCode.Ok);
        foreach (var (command, shows) in Promises)
        {
            Assert.Contains(shows, Said(followed.Output, command), StringComparison.Ordinal);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(RepositoryRoot.Launcher, ["down"], Patience);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What the text says that is there: a command, and a part of what it has to show.</summary>
    private static (string Command, string Shows)[] Promises =>
    [
        ("./atlas quickstart", "The playbook now"),
        ("./atlas run --config", "reward"),
        ("./atlas status", "healthy"),
        ("./atlas import tau-bench samples/data/order-desk.json --key tour/orders", "40 sessions"),
        ("./atlas session list", "tour/orders"),
        ("./atlas session show", "teaches    "),
        ("./atlas playbook list", "tour/orders"),
        ("./atlas playbook resolve", "check_payment"),
        ("curl -sSf $API/keys/tour%2Fhttp/playbook", "Check the date of purchase first."),
        ("./atlas key create", "atlas_"),
        ("./atlas audit", "RevokeApiKey"),
        ("./atlas playbook accept", "tour/http"),
        ("./atlas review list", "pending"),
        ("./atlas review approve", "20 sessions"),
        ("./atlas review quarantine", "quarantined"),
        ("./atlas playbook edit", "tour/orders says what you wrote"),
        ("./atlas playbook diff", "+ "),
        ("./atlas playbook promote", "tour/orders"),
        ("./atlas env init", "get_order"),
        ("./atlas restart --config", "silo-1 is restarted"),
        ("./atlas doctor --models", "desk-"),
        ("./atlas down --silo silo-3", "silo-3"),
        ("./atlas down\n", "The private PostgreSQL is stopped"),
    ];

    private static List<string> Lines()
    {
        var lines = new List<string>();
        var inside = false;
        foreach (var line in File.ReadLines(Path.Combine(RepositoryRoot.Path, "README.md")))
        {
            inside = line == Fence || (inside && line != "```");
            if (inside && line != Fence)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private string Script(List<string> lines)
    {
        var script = new StringBuilder("set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n");
        foreach (var line in lines)
        {
            script.Append(CultureInfo.InvariantCulture, $"echo {Quoted("$ " + line)}\n{Adapted(line)}\n");
        }

        return script.ToString();
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
        "API=http://127.0.0.1:5080/v1" => string.Create(CultureInfo.InvariantCulture, $"API=http://127.0.0.1:{_ports[0]}/v1"),
        _ when line.StartsWith("./atlas review next", StringComparison.Ordinal) => $"echo x | script -qec {Quoted(line)} /dev/null",
        _ => line,
    };

    private static string Said(string output, string command)
    {
        var start = output.IndexOf($"$ {command}", StringComparison.Ordinal);
        Assert.True(start >= 0, $"README.md does not show {command}");
        var begin = output.IndexOf('\n', start) + 1;
        var end = output.IndexOf("\n$ ", begin - 1, StringComparison.Ordinal);
        return end < begin ? output[begin..] : output[begin..end];
    }

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

    private async Task<CommandResult> RunAsync(string program, string[] arguments, TimeSpan patience)
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
        };
        foreach (var key in (string[])["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "XAI_API_KEY"])
        {
            environment[key] = null;
        }

        using var process = AtlasProcess.Start(program, arguments, _folder, environment);
        return await process.ResultAsync(patience);
    }
}
