using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

/// <summary>Every row of docs/troubleshooting.md.</summary>
[Collection(SharedSilo.Name)]
public sealed class TroubleshootingTests(RunningWorkspace running) : IAsyncDisposable
{
    private TestDatabase? _empty;

    public static TheoryData<string, string, int, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, int, string>();
            foreach (var line in File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "troubleshooting.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
            {
                var cells = line.Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray();
                if (cells[0] != "Situation")
                {
                    rows.Add(cells[0], cells[1].Trim('`'), int.Parse(cells[2], System.Globalization.CultureInfo.InvariantCulture), cells[3]);
                }
            }

            return rows;
        }
    }

    [Fact]
    public void The_table_has_rows() => Assert.True(Rows.Count > 15, "the table of docs/troubleshooting.md could not be read");

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task It_says_what_the_table_says(string situation, string command, int exitCode, string sentence)
    {
        await using var alone = new TestWorkspace();
        var workspace = await BringAboutAsync(situation, alone);

        var answer = await workspace.RunAsync(command["atlas ".Length..].Split(' '));

        Assert.True(exitCode == answer.ExitCode, $"Exit code {answer.ExitCode}.\n{answer.Output}\n{answer.Error}");
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _empty?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string Changed(TestDatabase database, Action<NpgsqlConnectionStringBuilder> change)
    {
        var address = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        change(address);
        return address.ConnectionString;
    }

    private async Task<TestWorkspace> BringAboutAsync(string situation, TestWorkspace alone)
    {
        switch (situation)
        {
            case "nothing was started":
                return alone;
            case "the database does not answer":
                alone.SetEnvironment("ATLAS_DATABASE_URL", "postgresql://atlas:secret@127.0.0.1:1/atlas");
                return alone;
            case "the database refuses the password":
                _empty = await TestDatabase.CreateEmptyAsync();
                alone.SetEnvironment("ATLAS_DATABASE_URL", Changed(_empty, address => address.Password = "wrong/word"));
                return alone;
            case "the server has no such database":
                _empty = await TestDatabase.CreateEmptyAsync();
                alone.SetEnvironment("ATLAS_DATABASE_URL", Changed(_empty, address => address.Database = "no_such"));
                return alone;
            case "the host is not known":
                alone.SetEnvironment("ATLAS_DATABASE_URL", "postgresql://atlas:sec/ret@no-such-host.invalid/atlas");
                return alone;
            case "the database is not UTF-8":
                _empty = await TestDatabase.CreateEmptyAsync(encoding: "LATIN1");
                alone.SetEnvironment("ATLAS_DATABASE_URL", _empty.Address);
                return alone;
            case "the address is not a PostgreSQL address":
                alone.SetEnvironment("ATLAS_DATABASE_URL", "mysql://root:secret@127.0.0.1/atlas");
                return alone;
            case "the database has no tables":
                _empty = await TestDatabase.CreateEmptyAsync();
                alone.SetEnvironment("ATLAS_DATABASE_URL", _empty.Address);
                return alone;
            case "a setting is misspelt":
                await alone.WriteAsync("misspelt.yaml", "learning:\n  history_limt: 5\n");
                return alone;
            case "a setting is out of bounds":
                await alone.WriteAsync("bounds.yaml", "learning:\n  history_limit: 5000\n");
                return alone;
            case "the configuration contains an API key":
                await alone.WriteAsync("key.yaml", "learning:\n  llm: { provider: openai, model: m, api_key_env: sk-abcdefghijkl }\n");
                return alone;
            case "a silo runs":
                await KeyAsync("trouble/plain");
                return running.Workspace;
            case "the key is pinned":
                await KeyAsync("trouble/pinned");
                (await running.Workspace.RunAsync("playbook", "pin", "trouble/pinned", "1", "--reason", "audit")).Expect(ExitCode.Ok);
                return running.Workspace;
            case "the key is frozen":
                await KeyAsync("trouble/frozen");
                (await running.Workspace.RunAsync("playbook", "freeze", "trouble/frozen", "--reason", "release week")).Expect(ExitCode.Ok);
                return running.Workspace;
            default:
                throw new InvalidOperationException($"Nothing here brings about '{situation}'.");
        }
    }

    private async Task KeyAsync(string key)
    {
        if ((await running.Workspace.RunAsync("playbook", "show", key)).ExitCode == 0)
        {
            return;
        }

        var file = await running.Workspace.WriteAsync(
            key.Replace('/', '-') + ".json", JsonSerializer.Serialize(new { format = "atlas.playbook.v1", student = new[] { "Look first." } }));
        (await running.Workspace.RunAsync("playbook", "import", key, file, "--reason", "to begin with")).Expect(ExitCode.Ok);
    }
}
