using System.Text.Json;
using Atlas.Storage.Tests.Learning;
using Atlas.Testing;
using Xunit;

namespace Atlas.Storage.Tests.OriginalTools;

/// <summary>Statements of the form and the names that the original's Python tools use, through the library they use.</summary>
public sealed class OriginalToolsTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task Every_statement_of_the_original_s_tools_is_answered_and_the_registry_says_what_to_do_instead()
    {
        await DebianPackage.DemandAsync("python3-asyncpg", Python, "-c", "import asyncpg");
        await using var database = await TestDatabase.CreateAsync();
        var key = new KeyState(database, "one/key");
        key.State["playbook"]!["student_text"] = "Look first.";
        await key.WriteAsync();

        var script = Path.Combine(AppContext.BaseDirectory, "OriginalTools", "original_tools.py");
        var (code, said, complained) = await DebianPackage.RunAsync(Python, script, database.Address);

        Assert.True(code == 0, complained);
        var answers = JsonElement.Parse(said);
        var registry = answers.GetProperty("writes").GetProperty("registry");
        Assert.Contains("cannot be written", registry.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("atlas playbook import", registry.GetProperty("hint").GetString(), StringComparison.Ordinal);
        foreach (var kind in (string[])["writes", "reads"])
        {
            Assert.All(
                answers.GetProperty(kind).EnumerateObject().Where(answer => answer.Name != "registry"),
                answer => Assert.True(answer.Value.ValueKind is JsonValueKind.Array, $"{kind}/{answer.Name}: {answer.Value.GetRawText()}"));
        }

        var reads = answers.GetProperty("reads");
        Assert.Equal(("one/key", 1), (reads.GetProperty("keys")[0].GetProperty("learning_key").GetString(), reads.GetProperty("keys")[0].GetProperty("session_count").GetInt32()));
        Assert.Equal("one/key", reads.GetProperty("keys_of_tag")[0].GetProperty("learning_key").GetString());
        Assert.Equal("Look first.", reads.GetProperty("state")[0].GetProperty("student_learning").GetString());
        Assert.All(
            (string[])["sessions", "session", "plan", "of_key", "of_key_plain", "baseline", "history", "steps", "attempts", "guidance", "events",
                "event_counts", "discovery", "training_count"],
            name => Assert.NotEqual(0, reads.GetProperty(name).GetArrayLength()));
    }

    [Theory]
    [InlineData("key-7777")]
    [InlineData("4711")]
    public async Task A_key_is_looked_up_in_the_registry_by_index_at_eleven_thousand_keys(string wanted)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("""
            INSERT INTO orleans.grain_state (service_id, grain_type, key_n0, key_n1, key_text, version, payload)
            SELECT 'atlas', 'learning-key', 0, 0, 'key-' || n, 1, jsonb_build_object('state', jsonb_build_object('learning_key', 'key-' || n))
              FROM generate_series(1, 11000) n
            UNION ALL
            SELECT 'atlas', 'learning-key', 0, 0, n::text, 1, jsonb_build_object('state', jsonb_build_object('learning_key', n::text))
              FROM generate_series(4001, 5000) n
            """);
        await database.ExecuteAsync("INSERT INTO learning_registry_imported (learning_key) SELECT 'old-' || n FROM generate_series(1, 11000) n");
        await database.ExecuteAsync("ANALYZE");
        await using var explain = database.DataSource.CreateCommand($"EXPLAIN SELECT metadata FROM learning_registry WHERE learning_key = '{wanted}'");
        var plan = new List<string>();
        await using (var rows = await explain.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                plan.Add(rows.GetString(0));
            }
        }

        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan on grain_state", StringComparison.Ordinal)
            || line.Contains("Seq Scan on learning_registry_imported", StringComparison.Ordinal));
        Assert.Equal(1, await database.ScalarAsync<long>($"SELECT count(*) FROM learning_registry WHERE learning_key = '{wanted}'"));
    }

    [Theory]
    [InlineData("INSERT INTO learning_registry (learning_key, student_learning) VALUES ('a', 'b')")]
    [InlineData("UPDATE learning_registry SET student_learning = 'x'")]
    [InlineData("DELETE FROM learning_registry")]
    public async Task A_write_to_the_registry_is_told_what_to_do_instead(string statement)
    {
        await using var database = await TestDatabase.CreateAsync();
        await new KeyState(database, "one/key").WriteAsync();

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => database.ExecuteAsync(statement));

        Assert.Contains("atlas playbook import", refused.Hint, StringComparison.Ordinal);
    }
}
