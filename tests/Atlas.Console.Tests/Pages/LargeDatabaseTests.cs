using System.Diagnostics;
using System.Globalization;
using Atlas.Pages.Tests.Harness;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

/// <summary>How long every page takes on a key with 100,000 sessions and a thousand versions, among 10,000 keys. Takes minutes, so it runs where
/// <c>ATLAS_CONSOLE_LARGE</c> is set, and prints a table. What fails it is the fastest answer of a page, which other programs disturb least.</summary>
public sealed class LargeDatabaseTests
{
    private const string Key = "large/key";
    private const int Keys = 10_000;
    private const int Sessions = 100_000;
    private const int Versions = 1000;
    private const int Requests = 25;
    private const double MostMilliseconds = 100;

    [Fact]
    public async Task Every_page_of_a_large_database_answers_soon()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("ATLAS_CONSOLE_LARGE") is { Length: > 0 }, "Set ATLAS_CONSOLE_LARGE=1 to measure every page on a large database; it takes minutes.");
        await using var database = await TestDatabase.CreateAsync();
        await using var silo = await ConsoleSilo.StartAsync(database);
        var session = await FillAsync(silo);
        var key = Uri.EscapeDataString(Key);
        var lines = new List<string> { "| page | fastest, ms | median | p90 | slowest | kB |", "|---|---:|---:|---:|---:|---:|" };
        var slow = new List<string>();
        foreach (var address in new[]
        {
            "/", "/?page=150", "/?find=large%2F7", $"/key?key={key}", $"/key/version?key={key}&version=500", $"/key/diff?key={key}&from=1&to=2", $"/key/change?key={key}&do=rollback&version=1",
            $"/key/edit?key={key}", $"/key/experiment?key={key}", "/sessions", $"/sessions?key={key}", $"/sessions?key={key}&status=failed&from=2020-01-01", $"/sessions?key={key}&entry=policy",
            $"/sessions?key={key}&entry=nowhere", $"/sessions?key={key}&drift=yes", $"/sessions?key={key}&drift=yes&review=pending", $"/sessions?key={key}&tag=nowhere", $"/sessions?key={key}&version=900",
            $"/sessions?key={key}&to=2026-01-01", "/sessions?entry=nowhere", "/sessions?drift=yes", "/sessions?waits=count", $"/session?id={session}", "/review", $"/review?key={key}",
            $"/compare?a={key}&a_version=1&b={key}&b_version=2", "/cluster", "/access", "/audit",
        })
        {
            var (line, fastest) = await MeasureAsync(silo, address);
            lines.Add(line);
            if (fastest > MostMilliseconds)
            {
                slow.Add(line);
            }
        }

        var table = string.Join('\n', lines);
        TestContext.Current.TestOutputHelper!.WriteLine(table);
        if (Environment.GetEnvironmentVariable("ATLAS_CONSOLE_LARGE") is { Length: > 1 } file)
        {
            await File.WriteAllTextAsync(file, table + "\n");
        }

        Assert.True(slow.Count == 0, $"The fastest first byte took longer than {MostMilliseconds} ms:\n{string.Join('\n', slow)}");
    }

    private static async Task<(string Line, double Fastest)> MeasureAsync(ConsoleSilo silo, string address)
    {
        var took = new List<double>();
        var length = 0;
        for (var n = -3; n < Requests; n++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await silo.Client.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            var firstByte = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            Assert.True(answer.IsSuccessStatusCode, $"{address}: {(int)answer.StatusCode}");
            length = (await answer.Content.ReadAsByteArrayAsync()).Length;
            if (n >= 0)
            {
                took.Add(firstByte);
            }
        }

        took.Sort();
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"| `{address.Replace("large%2Fkey", "KEY", StringComparison.Ordinal)}` | {took[0]:0.0} | {took[Requests / 2]:0.0} | {took[Requests * 9 / 10]:0.0} | {took[^1]:0.0} | {length / 1000.0:0} |");
        return (line, took[0]);
    }

    /// <summary>One key is made by real sessions; what it left behind is then multiplied.</summary>
    private static async Task<long> FillAsync(ConsoleSilo silo)
    {
        await silo.SessionAsync(Key);
        await silo.ImportAsync(Key, "Be kind.", ("policy", "refund", "Read the policy before you answer."));
        await silo.ImportAsync(Key, "Be kind and quick.", [.. Enumerable.Range(0, 20).Select(n => ($"entry-{n}", $"cue {n}", $"Do the right thing number {n}, and say what you have done.")), ("policy", "refund", "Read the policy before you answer.")]);
        long session = 0;
        for (var n = 0; n < 60; n++)
        {
            session = await silo.SessionAsync(Key, 0.2 + (n % 9 * 0.09), $"Refund order {n}", events: [new { payload = new { event_type = "tool", name = "look_up", data = new { output = "found" } } }]);
        }

        await RunAsync(silo, """
            INSERT INTO orleans.grain_state (service_id, grain_type, key_n0, key_n1, key_text, version, modified_at, payload)
            SELECT g.service_id, g.grain_type, 0, 0, 'large/' || n, g.version, now() - n * interval '1 minute', jsonb_set(g.payload, '{state,learning_key}', to_jsonb('large/' || n))
              FROM orleans.grain_state g CROSS JOIN generate_series(1, $2) AS t (n) WHERE g.grain_type = 'learning-key' AND g.key_text = $1
            """, Key, Keys);
        await RunAsync(silo, """
            INSERT INTO sessions (task, status, metadata, final_answer, reward, reward_stats, review_status, playbook_version, playbook_sha256, given, assignment, created_at, completed_at)
            SELECT s.task || ' of customer ' || n, CASE WHEN n % 50 = 0 THEN 'failed' ELSE 'succeeded' END, s.metadata, s.final_answer,
                   jsonb_set(s.reward, '{score}', to_jsonb((n % 11) / 10.0)), s.reward_stats, CASE WHEN n % 20 = 0 THEN 'pending' ELSE 'approved' END,
                   1 + n % 2, s.playbook_sha256, s.given, s.assignment, now() - ($2 - n) * interval '1 minute', now() - ($2 - n) * interval '1 minute'
              FROM sessions s CROSS JOIN generate_series(1, $2) AS t (n) WHERE s.id = $3
            """, Key, Sessions, session);
        await RunAsync(silo, """
            INSERT INTO trajectory_events (session_id, sequence, event)
            SELECT s.id, n, '{"type": "step", "payload": {"event_type": "tool", "name": "look_up", "data": {"output": "found"}}}'
              FROM (SELECT id FROM sessions ORDER BY id DESC LIMIT 2000) s CROSS JOIN generate_series(1, 20) AS t (n)
            """);
        await RunAsync(silo, """
            INSERT INTO learning_journal (learning_key, sequence, event_type, session_id, author, occurred_at, event)
            SELECT $1, h.newest + n, 'session_observed', 1000000000 + n, e.author, e.occurred_at, jsonb_set(e.event, '{session_id}', to_jsonb(1000000000 + n))
              FROM (SELECT max(sequence) AS newest FROM learning_journal WHERE learning_key = $1) h
             CROSS JOIN (SELECT * FROM learning_journal WHERE learning_key = $1 AND event_type = 'session_observed' ORDER BY sequence DESC LIMIT 1) e
             CROSS JOIN generate_series(1, $2) AS t (n) ORDER BY n
            """, Key, Sessions);
        await RunAsync(silo, """
            INSERT INTO playbook_versions (learning_key, version, parent_version, cause, author, reason, session_ids, student_text, teacher_text, student_sha256, teacher_sha256, content_sha256, entries, metadata, created_at)
            SELECT v.learning_key, 2 + n, 1 + n, 'synthesis', v.author, v.reason, ARRAY(SELECT generate_series(n * 100, n * 100 + 99)), v.student_text, v.teacher_text,
                   v.student_sha256, v.teacher_sha256, v.content_sha256, v.entries, v.metadata, v.created_at
              FROM playbook_versions v CROSS JOIN generate_series(1, $2) AS t (n) WHERE v.learning_key = $1 AND v.version = 2
            """, Key, Versions);
        await RunAsync(silo, "ANALYZE");
        return await silo.Database.ScalarAsync<long>("SELECT max(id) FROM sessions");
    }

    private static async Task RunAsync(ConsoleSilo silo, string sql, params object[] parameters)
    {
        await using var command = silo.Database.DataSource.CreateCommand(sql);
        command.CommandTimeout = 1200;
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}
