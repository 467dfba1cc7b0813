using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

/// <summary>What operators do to the playbook of a key.</summary>
[Collection(SharedSilo.Name)]
public sealed partial class GoverningTests(RunningWorkspace running)
{
    private const string Playbook =
        """
        {
          "format": "atlas.playbook.v1",
          "student": ["Orders can be looked up.", "Look before you act."],
          "teacher": ["See that orders are looked up."],
          "entries": [
            {
              "id": "look-first",
              "audience": "student",
              "cue": { "type": "keyword", "pattern": "cancel", "description": "The customer wants to cancel." },
              "action": { "imperative": "Call get_order before cancel_order.", "runtime_handle": "get_order" },
              "expected_effect": "Shipped orders are not cancelled.",
              "lifecycle": "active"
            }
          ]
        }
        """;

    private readonly TestWorkspace _workspace = running.Workspace;

    [Fact]
    public async Task Every_change_by_a_command_is_in_the_audit_with_what_was_before_and_after()
    {
        const string Key = "governing/audited";
        await BeginAsync(Key, "audited.json");
        await JsonAsync("playbook", "freeze", Key, "--reason", "release week", "--by", "ann");
        (await _workspace.CallAsync("playbook", "rollback", Key, "0", "--reason", "try")).Expect(ExitCode.Refused);
        await JsonAsync("playbook", "unfreeze", Key, "--reason", "over");

        var audit = (await JsonAsync("audit", "--subject", Key)).EnumerateArray().ToList();

        Assert.Equal(
            [("UnfreezeKey", 200), ("RollbackPlaybook", 409), ("FreezeKey", 200), ("ImportPlaybook", 200)],
            audit.Select(one => (one.GetProperty("action").GetString(), one.GetProperty("status").GetInt32())));
        Assert.All(audit, one => Assert.Equal("cli", one.GetProperty("door").GetString()));
        Assert.Equal("ann", audit[2].GetProperty("actor").GetString());
        Assert.Equal("release week", audit[2].GetProperty("request").GetProperty("reason").GetString());
        Assert.Equal((false, true), (audit[2].GetProperty("before").GetProperty("frozen").GetBoolean(), audit[2].GetProperty("after").GetProperty("frozen").GetBoolean()));
    }

    [Fact]
    public async Task A_changed_file_is_a_version_that_can_be_compared_and_rolled_back()
    {
        const string Key = "governing/rollback";
        var file = await BeginAsync(Key, "rollback.json");
        var changed = await ChangedAsync(file, "rollback-changed.json", "Look the order up, then cancel it.");
        await JsonAsync("playbook", "import", Key, changed, "--reason", "clearer words", "--by", "ann");

        var difference = await JsonAsync("playbook", "diff", Key, "1");
        var shown = (await _workspace.CallAsync("playbook", "diff", Key, "1", "2")).Expect(ExitCode.Ok);
        Assert.False(difference.GetProperty("same").GetBoolean());
        Assert.Equal(2, difference.GetProperty("to").GetInt32());
        var field = Assert.Single(Assert.Single(difference.GetProperty("changed").EnumerateArray()).GetProperty("fields").EnumerateArray());
        Assert.Equal("action.imperative", field.GetProperty("field").GetString());
        Assert.Contains("+ action.imperative: \"Look the order up, then cancel it.\"", shown.Output, StringComparison.Ordinal);
        Assert.Contains("- action.imperative: ", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown.Output);

        var rolledBack = await JsonAsync("playbook", "rollback", Key, "1", "--reason", "too blunt");
        Assert.Equal(3, rolledBack.GetProperty("version").GetInt32());
        Assert.True((await JsonAsync("playbook", "diff", Key, "1", "3")).GetProperty("same").GetBoolean());
        var history = (await JsonAsync("playbook", "history", Key)).EnumerateArray().ToList();
        Assert.Equal(["rollback", "import", "import"], history.Select(version => version.GetProperty("cause").GetString()));
        Assert.Equal(["tester", "ann", "tester"], history.Select(version => version.GetProperty("author").GetString()));
        Assert.Equal("to version 1: too blunt", history[0].GetProperty("reason").GetString());
        Assert.Equal(history[2].GetProperty("content_sha256").GetString(), history[0].GetProperty("content_sha256").GetString());

        // Back to where it began: nothing is said any more, and that is a version too.
        Assert.Equal(4, (await JsonAsync("playbook", "rollback", Key, "0", "--reason", "start over")).GetProperty("version").GetInt32());
        Assert.Equal(0, (await JsonAsync("playbook", "show", Key)).GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task A_frozen_key_refuses_every_change_until_it_is_unfrozen()
    {
        const string Key = "governing/frozen";
        var file = await BeginAsync(Key, "frozen.json");
        var changed = await ChangedAsync(file, "frozen-changed.json", "Wait for the customer's word.");

        Assert.True((await JsonAsync("playbook", "freeze", Key, "--reason", "release week")).GetProperty("changed").GetBoolean());
        Assert.False((await JsonAsync("playbook", "freeze", Key, "--reason", "release week")).GetProperty("changed").GetBoolean());
        (await _workspace.CallAsync("playbook", "import", Key, changed, "--reason", "new words"))
            .ExpectSentence(ExitCode.Refused, "frozen by tester");
        (await _workspace.CallAsync("playbook", "rollback", Key, "0", "--reason", "start over"))
            .ExpectSentence(ExitCode.Refused, "frozen by tester");
        _workspace.SetEnvironment("EDITOR", "true");
        (await _workspace.CallAsync("playbook", "edit", Key)).ExpectSentence(ExitCode.Refused, "frozen by tester");

        Assert.True((await JsonAsync("playbook", "unfreeze", Key)).GetProperty("changed").GetBoolean());
        Assert.Equal(2, (await JsonAsync("playbook", "import", Key, changed, "--reason", "new words")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task An_export_brought_back_changes_nothing()
    {
        const string Key = "governing/exchange";
        var file = await BeginAsync(Key, "exchange.json");

        Assert.False((await JsonAsync("playbook", "import", Key, file, "--reason", "again")).GetProperty("changed").GetBoolean());
        var printed = (await _workspace.CallAsync("playbook", "export", Key)).Expect(ExitCode.Ok);
        Assert.Equal(await File.ReadAllTextAsync(file), printed.Output);

        var observed = _workspace.PathOf("observed.json");
        Assert.Equal(1, (await JsonAsync("playbook", "export", Key, "--version", "1", "--with-observations", "--output", observed)).GetProperty("version").GetInt32());
        Assert.Contains("\"provenance\"", await File.ReadAllTextAsync(observed), StringComparison.Ordinal);
        Assert.False((await JsonAsync("playbook", "import", Key, observed, "--reason", "again")).GetProperty("changed").GetBoolean());
    }

    [Fact]
    public async Task A_dry_run_with_rules_of_another_tool_counts_them_and_stores_nothing()
    {
        const string Key = "governing/rules";
        var rules = await _workspace.WriteAsync("rules.md", "- Look before you act.\n- Say what you did.\n- Look before you act.\n");
        string[] line = ["playbook", "import", Key, rules, "--reason", "try them"];

        Assert.Contains("2 rules from", (await _workspace.CallAsync([.. line, "--dry-run"])).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await JsonAsync([.. line, "--dry-run"])).GetProperty("candidates").GetInt32());
        (await _workspace.CallAsync("playbook", "candidates", Key)).ExpectSentence(ExitCode.NotFound, "There is no learning key");
        Assert.Equal(2, (await JsonAsync(line)).GetArrayLength());
    }

    [Fact]
    public async Task What_is_not_there_is_said_not_to_be_there()
    {
        const string Key = "governing/missing";
        await BeginAsync(Key, "missing.json");

        (string Line, string Part)[] cases =
        [
            ("diff no/such 1", "There is no learning key 'no/such'"),
            ($"diff {Key} 999", $"The key {Key} has no version 999; it has versions 1 to 1."),
            ("rollback no/such 1 --reason why", "There is no learning key 'no/such'"),
            ($"rollback {Key} 999 --reason why", "has no version 999"),
            ("freeze no/such --reason why", "There is no learning key 'no/such'"),
            ("unfreeze no/such", "There is no learning key 'no/such'"),
            ("export no/such", "There is no learning key 'no/such'"),
            ($"export {Key} --output no-such-folder/file.json", "There is no folder"),
            ($"import {Key} no-such.json --reason why", "There is no file no-such.json"),
        ];
        var answers = await Task.WhenAll(cases.Select(one => _workspace.CallAsync(["playbook", .. one.Line.Split(' ')])));

        Assert.All(cases.Zip(answers), answered => answered.Second.ExpectSentence(ExitCode.NotFound, answered.First.Part));
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments) =>
        (await _workspace.CallAsync([.. arguments, "--json"])).Expect(ExitCode.Ok).Json();

    /// <summary>Makes the sample playbook version 1 of a key, and exports it.</summary>
    private async Task<string> BeginAsync(string key, string name)
    {
        var sample = await _workspace.WriteAsync(name, Playbook);
        Assert.Equal(1, (await JsonAsync("playbook", "import", key, sample, "--reason", "a start")).GetProperty("version").GetInt32());
        var file = _workspace.PathOf($"exported-{name}");
        (await _workspace.CallAsync("playbook", "export", key, "--output", file)).Expect(ExitCode.Ok);
        return file;
    }

    /// <summary>The file with another imperative in its first entry.</summary>
    private async Task<string> ChangedAsync(string file, string name, string imperative)
    {
        var playbook = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        playbook["entries"]![0]!["action"]!["imperative"] = imperative;
        return await _workspace.WriteAsync(name, playbook.ToJsonString());
    }
}
